// Markdown as nodes: markdown blocks, canvases, and files. Lines here, the inside of a line in markline.js.

import { h } from "./dom.js";
import { inside } from "./markline.js";

const item = (indent, sign, words) => h("div", { class: "item", role: "listitem", style: { marginLeft: `${indent.replaceAll("\t", "    ").length * 0.5}em` } },
  h("span", { class: "bullet" }, sign), h("span", {}, inside(words)));

const RULES = [
  [/^ {0,3}(#{1,6})\s+(.*?)\s*#*$/, ([, marks, words]) => h(`h${Math.min(6, marks.length + 2)}`, {}, inside(words))],
  [/^ {0,3}([-*_])(?:\s*\1){2,}\s*$/, () => h("hr", {})],
  [/^(\s*)[-*+] \[([ xX])\] (.*)$/, ([, indent, done, words]) => item(indent, h("span", { role: "img", "aria-label": done === " " ? "to do" : "done" }, done === " " ? "☐" : "☑"), words)],
  [/^(\s*)[-*+] (.*)$/, ([, indent, words]) => item(indent, "•", words)],
  [/^(\s*)(\d+)[.)] (.*)$/, ([, indent, number, words]) => item(indent, `${number}.`, words)],
];

/** The nodes of a Markdown text. */
export function markdown(text) {
  return h("div", { class: "text markdown" }, lines(String(text).split("\n")));
}

function lines(rows) {
  const out = [];
  for (let at = 0; at < rows.length; ) {
    const [node, taken] = fence(rows, at) || table(rows, at) || quote(rows, at) || [line(rows[at]), 1];
    out.push(node);
    at += taken;
  }
  return out;
}

function fence(rows, at) {
  const mark = /^\s*(```+|~~~+)/.exec(rows[at])?.[1];
  if (!mark) return null;
  let end = at + 1;
  while (end < rows.length && !rows[end].trim().startsWith(mark)) end += 1;
  return [h("pre", {}, rows.slice(at + 1, end).join("\n")), end - at + 1];
}

function table(rows, at) {
  if (!/^\s*\|.*\|\s*$/.test(rows[at]) || !/^[\s|:-]+$/.test(rows[at + 1] || "")) return null;
  let end = at + 2;
  while (end < rows.length && rows[end].includes("|")) end += 1;
  return [grid(rows.slice(at, end)), end - at];
}

function quote(rows, at) {
  let end = at;
  while (end < rows.length && /^\s{0,3}>/.test(rows[end])) end += 1;
  return end > at ? [h("blockquote", {}, lines(rows.slice(at, end).map((row) => row.replace(/^\s{0,3}> ?/, "")))), end - at] : null;
}

function line(words) {
  for (const [pattern, make] of RULES) {
    const found = pattern.exec(words);
    if (found) return make(found);
  }
  return h("div", { class: words.trim() ? "line" : "line empty" }, inside(words.replace(/\\$/, "")));
}

const split = (row) => row.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/);

function grid([head, rule, ...body]) {
  const align = split(rule).map((one) => (/:\s*$/.test(one) ? (/^\s*:/.test(one) ? "center" : "right") : "left"));
  const cells = (row, tag) => h("tr", {}, split(row).map((one, at) => h(tag, { style: { textAlign: align[at] || "left" } }, inside(one.trim()))));
  return h("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": "Table" }, h("table", {}, h("thead", {}, cells(head, "th")), h("tbody", {}, body.map((row) => cells(row, "td")))));
}
