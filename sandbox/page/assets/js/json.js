// JSON that can be opened and closed; made only as far as somebody looks.

import { h } from "./dom.js";

const MOST = 200;

/** A tree of a value; the first `depth` levels are open. */
export function jsonTree(value, depth = 2, name = null) {
  const key = name === null ? null : h("span", { class: "json-key" }, `${name}: `);
  if (value === null || typeof value !== "object") return h("div", { class: "json-row" }, key, leaf(value));
  const entries = Object.entries(value), array = Array.isArray(value);
  if (!entries.length) return h("div", { class: "json-row" }, key, array ? "[]" : "{}");
  const box = h("details", { class: "json" }, h("summary", {}, key, h("span", { class: "faint" }, array ? `[${entries.length}]` : glimpse(value))));
  const open = () => {
    if (!box.open || box.childElementCount > 1) return;
    box.append(...entries.slice(0, MOST).map(([one, inner]) => jsonTree(inner, depth - 1, one)));
    if (entries.length > MOST) box.append(h("div", { class: "faint" }, `… ${entries.length - MOST} more`));
  };
  box.addEventListener("toggle", open);
  if (depth > 0) {
    box.open = true;
    open();
  }
  return box;
}

function glimpse(value) {
  const words = Object.entries(value).slice(0, 4).map(([key, inner]) => (inner !== null && typeof inner === "object" ? key : `${key}: ${JSON.stringify(inner)}`));
  const text = words.join(", ");
  return `{${text.length > 70 ? `${text.slice(0, 70)}…` : text}${Object.keys(value).length > 4 ? ", …" : ""}}`;
}

function leaf(value) {
  const kind = value === null ? "null" : typeof value;
  return h("span", { class: `json-${kind}` }, kind === "string" ? JSON.stringify(value) : String(value));
}
