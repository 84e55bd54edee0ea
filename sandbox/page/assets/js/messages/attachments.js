// The older kind of additions below a message: a coloured bar with title, fields, picture, footer, or blocks.

import { blocks } from "../blocks/index.js";
import { ownPath, picture } from "../blocks/media.js";
import { h } from "../dom.js";
import { inline, link } from "../inline.js";
import { mrkdwn } from "../mrkdwn.js";
import { clock } from "../time.js";
import { messageContext } from "./uses.js";

const NAMED = { good: "#2a9d6a", warning: "#d99a20", danger: "#cf3d3d" };

export function attachments(message, where) {
  return (message.attachments || []).filter((row) => row && typeof row === "object").map((row) => one(row, message, where));
}

function one(row, message, where) {
  const bar = h("span", { class: "attachment-bar" });
  const colour = NAMED[row.color] || (row.color ? `#${String(row.color).replace("#", "")}` : "");
  if (colour) bar.style.background = colour;
  const context = messageContext({ ...message, blocks: row.blocks || [] }, where);
  const inner = row.blocks ? blocks(row.blocks, context) : legacy(row);
  return h("div", { class: "attachment-box" }, row.pretext && mrkdwn(row.pretext), h("div", { class: "attachment" }, bar, h("div", { class: "attachment-main" }, inner)));
}

function legacy(row) {
  const author = row.author_name && h("div", { class: "faint" }, row.author_link ? link(row.author_link, row.author_name) : row.author_name);
  const title = row.title && h("b", {}, row.title_link ? link(row.title_link, row.title) : inline(row.title));
  const fields = row.fields && h("div", { class: "fields" }, row.fields.map((field) =>
    h("div", { class: field.short ? "field" : "field wide" }, h("b", {}, field.title), mrkdwn(field.value ?? ""))));
  const image = row.image_url && picture({ image_url: row.image_url, alt_text: row.fallback }, "block-picture");
  const thumb = row.thumb_url && picture({ image_url: ownPath(row.thumb_url), alt_text: "" }, "accessory-picture");
  const actions = row.actions && h("div", { class: "unknown" }, "unknown block: actions of an attachment (the older kind of button)");
  const foot = (row.footer || row.ts) && h("div", { class: "faint" }, [row.footer, row.ts && clock(row.ts)].filter(Boolean).join(" · "));
  const text = row.text ? mrkdwn(row.text) : !title && !fields && row.fallback ? mrkdwn(row.fallback) : null;
  return [h("div", { class: "section" }, h("div", { class: "section-words" }, row.service_name && h("div", { class: "faint" }, row.service_name), author, title, text, fields), thumb), image, actions, foot];
}
