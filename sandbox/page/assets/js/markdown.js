// The markdown block: standard Markdown as far as Slack reads it, as nodes.

import { h } from "./dom.js";
import { link } from "./inline.js";

const INLINE = /`([^`]+)`|\*\*(.+?)\*\*|__(.+?)__|~~(.+?)~~|\*([^*\s][^*]*)\*|\b_([^_]+)_\b|!?\[([^\]]*)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>)]+)/;
const TAGS = [null, "code", "strong", "strong", "s", "em", "em"];

function inside(text) {
  const found = INLINE.exec(text);
  if (!found) return [text];
  const at = TAGS.findIndex((tag, place) => tag && found[place] !== undefined);
  let node;
  if (at === 1) node = h("code", {}, found[1]);
  else if (at > 0) node = h(TAGS[at], {}, inside(found[at]));
  else node = link(found[8] || found[9], found[7]);
  return [text.slice(0, found.index), node, ...inside(text.slice(found.index + found[0].length))];
}

const RULES = [
  [/^(#{1,6})\s+(.*)$/, ([, marks, words]) => h(`h${Math.min(6, marks.length + 2)}`, {}, inside(words))],
  [/^(?:-{3,}|\*{3,})$/, () => h("hr", {})],
  [/^> ?(.*)$/, ([, words]) => h("blockquote", {}, inside(words))],
  [/^(\s*)[-*+] \[([ xX])\] (.*)$/, ([, indent, done, words]) => item(indent, done === " " ? "☐" : "☑", words)],
  [/^(\s*)[-*+] (.*)$/, ([, indent, words]) => item(indent, "•", words)],
  [/^(\s*)(\d+)[.)] (.*)$/, ([, indent, number, words]) => item(indent, `${number}.`, words)],
];

const item = (indent, sign, words) => h("div", { class: "item", style: { marginLeft: `${indent.length * 0.5}em` } },
  h("span", { class: "bullet" }, sign), h("span", {}, inside(words)));

/** The nodes of a markdown text. */
export function markdown(text) {
  const box = h("div", { class: "text markdown" }), rows = String(text).split("\n");
  for (let at = 0; at < rows.length; at += 1) {
    if (rows[at].startsWith("```")) {
      const end = rows.findIndex((line, place) => place > at && line.startsWith("```"));
      box.append(h("pre", {}, rows.slice(at + 1, end < 0 ? undefined : end).join("\n")));
      at = end < 0 ? rows.length : end;
    } else if (/^\s*\|.*\|\s*$/.test(rows[at]) && /^[\s|:-]+$/.test(rows[at + 1] || "")) {
      let end = at + 2;
      while (end < rows.length && rows[end].includes("|")) end += 1;
      box.append(grid(rows.slice(at, end)));
      at = end - 1;
    } else box.append(line(rows[at]));
  }
  return box;
}

function line(words) {
  for (const [pattern, make] of RULES) {
    const found = pattern.exec(words);
    if (found) return make(found);
  }
  return h("div", { class: words.trim() ? "line" : "line empty" }, inside(words));
}

function grid([head, , ...body]) {
  const cells = (row, tag) => h("tr", {}, row.trim().replace(/^\||\|$/g, "").split("|").map((one) => h(tag, {}, inside(one.trim()))));
  return h("div", { class: "table-box" }, h("table", {}, h("thead", {}, cells(head, "th")), h("tbody", {}, body.map((row) => cells(row, "td")))));
}
