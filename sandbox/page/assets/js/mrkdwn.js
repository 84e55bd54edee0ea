// Slack's mrkdwn as nodes: fences, quotes and lists here, the inside of a line in inline.js.

import { h } from "./dom.js";
import { inline, unescaped } from "./inline.js";

/** The nodes of a mrkdwn text. `verbatim` texts are shown without marks but with their tokens. */
export function mrkdwn(text) {
  const out = [];
  const parts = String(text).split("```");
  parts.forEach((part, place) => {
    const fenced = place % 2 === 1 && place < parts.length - 1;
    if (fenced) out.push(h("pre", {}, unescaped(part.replace(/^\n/, "").replace(/\n$/, ""))));
    else out.push(...lines(place % 2 ? "```" + part : trimmed(part, place, parts.length)));
  });
  return h("div", { class: "text" }, out);
}

// The line breaks around a fence belong to it.
function trimmed(part, place, count) {
  const left = place > 0 ? part.replace(/^\n/, "") : part;
  return place < count - 1 ? left.replace(/\n$/, "") : left;
}

const ITEM = /^(\s*)(?:[•◦▪-]|(\d{1,3})\.)\s+(.*)$/;
const QUOTE = /^(?:&gt;|>)(?!&gt;|>) ?(.*)$/;
const REST_QUOTED = /^(?:&gt;|>){3} ?(.*)$/;

function lines(text) {
  if (!text) return [];
  const out = [], rows = text.split("\n");
  for (let at = 0; at < rows.length; ) {
    const rest = REST_QUOTED.exec(rows[at]);
    if (rest) {
      out.push(h("blockquote", {}, lines([rest[1], ...rows.slice(at + 1)].join("\n"))));
      break;
    }
    const run = take(rows, at, QUOTE) || take(rows, at, ITEM);
    if (!run) {
      out.push(row(rows[at]));
      at += 1;
      continue;
    }
    out.push(run.pattern === QUOTE ? quote(run.rows) : list(run.rows));
    at += run.rows.length;
  }
  return out;
}

function take(rows, at, pattern) {
  let end = at;
  while (end < rows.length && pattern.test(rows[end])) end += 1;
  return end > at ? { pattern, rows: rows.slice(at, end).map((line) => pattern.exec(line)) } : null;
}

const row = (line) => h("div", { class: line.trim() ? "line" : "line empty" }, inline(line));
const quote = (rows) => h("blockquote", {}, rows.map((found) => row(found[1])));

function list(rows) {
  return h("div", { class: "list", role: "list" }, rows.map(([, indent, number, words]) =>
    h("div", { class: "item", role: "listitem", style: { marginLeft: `${indent.length * 0.5}em` } },
      h("span", { class: "bullet" }, number ? `${number}.` : "•"), h("span", {}, inline(words)))));
}

/** A text object of Block Kit: mrkdwn or plain_text. */
export function textObject(object) {
  if (!object) return null;
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return h("div", { class: "text" }, plainText(object));
}

/** The nodes of a plain_text object, for buttons, labels and options. */
export function plainText(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return inline(String(object.text ?? object), { plain: object.emoji !== false });
}
