// What somebody writes into a rich_text_input, with marks as in a message, as the rich_text block that Slack sends.

import { state } from "./store.js";

const PIECE = /```\n?([\s\S]*?)\n?```|`([^`\n]+)`|\*([^*\n]+)\*|\b_([^_\n]+)_\b|~([^~\n]+)~|(https?:\/\/[^\s<>]+)|:([a-z0-9_+-]+):|@([\w.-]+\w)/g;

/** A rich_text block, or null for nothing. */
export function toBlock(text) {
  const elements = [];
  text.split(/(```[\s\S]*?```)/).forEach((part) => {
    if (part.startsWith("```") && part.length > 5) elements.push({ type: "rich_text_preformatted", elements: [{ type: "text", text: part.slice(3, -3).trim() || " " }] });
    else if (part.trim()) elements.push(...paragraphs(part.replace(/^\n|\n$/g, "")));
  });
  return elements.length ? { type: "rich_text", elements } : null;
}

function paragraphs(text) {
  const out = [];
  for (const line of text.split("\n")) {
    const item = /^\s*(?:[-•]|(\d+)\.) (.+)$/.exec(line), quote = /^> ?(.+)$/.exec(line);
    const last = out[out.length - 1];
    if (item) {
      const style = item[1] ? "ordered" : "bullet", one = section(item[2]);
      if (last?.type === "rich_text_list" && last.style === style) last.elements.push(one);
      else out.push({ type: "rich_text_list", style, indent: 0, elements: [one] });
    } else if (quote) out.push({ type: "rich_text_quote", elements: pieces(quote[1]) });
    else if (last?.type === "rich_text_section") last.elements.push({ type: "text", text: "\n" }, ...pieces(line));
    else out.push(section(line));
  }
  return out;
}

const section = (line) => ({ type: "rich_text_section", elements: pieces(line) });

function pieces(line) {
  const out = [];
  let last = 0;
  for (const found of line.matchAll(PIECE)) {
    const piece = read(found);
    if (!piece) continue;
    if (found.index > last) out.push({ type: "text", text: line.slice(last, found.index) });
    out.push(piece);
    last = found.index + found[0].length;
  }
  if (last < line.length) out.push({ type: "text", text: line.slice(last) });
  return out;
}

function read([, , code, bold, italic, strike, url, emoji, handle]) {
  const text = code || bold || italic || strike;
  if (text) return { type: "text", text, style: code ? { code: true } : bold ? { bold: true } : italic ? { italic: true } : { strike: true } };
  if (url) return { type: "link", url };
  if (emoji) return { type: "emoji", name: emoji };
  const user = [...state.users.values()].find((one) => one.name === handle);
  return user ? { type: "user", user_id: user.id } : null;
}
