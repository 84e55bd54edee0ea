// rich_text blocks as nodes, and what people type back into them.

import { h } from "./dom.js";
import { link } from "./inline.js";
import { broadcast, channelLink, emoji, groupMention, mention } from "./names.js";
import { dated, whole } from "./time.js";

export function richText(block) {
  return h("div", { class: "text rich" }, (block.elements || []).map(part));
}

function part(element) {
  switch (element.type) {
    case "rich_text_section": return h("div", { class: "rich-section" }, pieces(element.elements));
    case "rich_text_quote": return h("blockquote", {}, pieces(element.elements));
    case "rich_text_preformatted": return h("pre", {}, pieces(element.elements));
    case "rich_text_list": return list(element);
    default: return h("div", { class: "unknown" }, `unknown rich text: ${element.type}`);
  }
}

function list(element) {
  const ordered = element.style === "ordered";
  const box = h(ordered ? "ol" : "ul", { class: `indent-${element.indent || 0}` }, element.elements.map((one) => h("li", {}, pieces(one.elements))));
  if (ordered && element.offset) box.start = element.offset + 1;
  box.style.marginLeft = `${(element.indent || 0) * 1.5 + 1.5}em`;
  return element.border ? h("blockquote", {}, box) : box;
}

const pieces = (elements) => (elements || []).map((piece) => styled(shown(piece), piece.style));

function shown(piece) {
  switch (piece.type) {
    case "text": return piece.text;
    case "link": return link(piece.url, piece.text || piece.url);
    case "user": return mention(piece.user_id);
    case "usergroup": return groupMention(piece.usergroup_id);
    case "channel": return channelLink(piece.channel_id);
    case "team": return h("span", { class: "mention" }, piece.team_id);
    case "broadcast": return broadcast(piece.range);
    case "emoji": return emoji(piece.skin_tone ? `${piece.name}::skin-tone-${piece.skin_tone}` : piece.name);
    case "date": return date(piece);
    case "color": return h("span", { class: "colour" }, h("span", { class: "swatch", style: { background: piece.value } }), piece.value);
    default: return h("span", { class: "unknown" }, `unknown rich text: ${piece.type}`);
  }
}

function date(piece) {
  const node = h("time", { title: whole(piece.timestamp) }, dated(piece.timestamp, piece.format, piece.fallback));
  return piece.url ? link(piece.url, node) : node;
}

const WRAP = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code", highlight: "mark", client_highlight: "mark" };

function styled(node, style) {
  return Object.entries(style || {}).reduce((inner, [name, is]) => (is && WRAP[name] ? h(WRAP[name], {}, inner) : inner), node);
}

/** True when a block says more than its plain text does: lists, quotes, styles. */
export function isStyled(block) {
  return (block.elements || []).some((element) => element.type !== "rich_text_section" || element.elements.some((piece) => piece.style));
}

/** The words of a rich_text block, with marks, for editing. */
export function written(block) {
  const words = (elements) => elements.map((piece) => marked(piece.text ?? piece.url ?? (piece.name ? `:${piece.name}:` : `<@${piece.user_id}>`), piece.style)).join("");
  return (block?.elements || []).map((element) => {
    if (element.type === "rich_text_list") return element.elements.map((one, at) => `${element.style === "ordered" ? `${at + 1}.` : "-"} ${words(one.elements)}`).join("\n");
    if (element.type === "rich_text_preformatted") return "```\n" + words(element.elements) + "\n```";
    return (element.type === "rich_text_quote" ? "> " : "") + words(element.elements);
  }).join("\n");
}

const SIGNS = { bold: "*", italic: "_", strike: "~", code: "`" };
const marked = (text, style) => Object.entries(style || {}).reduce((inner, [name, is]) => (is && SIGNS[name] ? SIGNS[name] + inner + SIGNS[name] : inner), text);
