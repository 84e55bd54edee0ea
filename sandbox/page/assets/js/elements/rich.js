// rich_text_input: written with the marks of a message, shown as it will look, kept as a rich_text block.

import { fill, h } from "../dom.js";
import { richText, written } from "../richtext.js";
import { toBlock } from "../richwrite.js";
import { wired } from "./typed.js";

const MARKS = [["B", "*", "Bold"], ["I", "_", "Italic"], ["S", "~", "Strikethrough"], ["<>", "`", "Code"]];

function rich(element, ctx) {
  const field = h("textarea", { class: "input", id: ctx.labelled || null, rows: element.min_lines || 4, placeholder: element.placeholder?.text || "" });
  const preview = h("div", { class: "rich-preview", "aria-hidden": "true" });
  const show = () => {
    const block = toBlock(field.value);
    fill(preview, block && /[*_~`>@:]|^\s*(-|\d+\.) /m.test(field.value) ? richText(block) : null);
  };
  field.value = written(ctx.entry.rich_text_value);
  wired(field, element, ctx, () => toBlock(field.value));
  field.addEventListener("input", show);
  show();
  const bar = h("div", { class: "rich-bar", role: "toolbar", "aria-label": "Formatting" }, MARKS.map(([sign, mark, label]) =>
    h("button", { type: "button", class: "icon", "aria-label": label, title: label, on: { click: () => around(field, mark) } }, sign)));
  return h("div", { class: "rich-input" }, bar, field, preview);
}

function around(field, mark) {
  const [from, to] = [field.selectionStart, field.selectionEnd];
  field.setRangeText(mark + field.value.slice(from, to) + mark, from, to, "end");
  if (from === to) field.setSelectionRange(from + 1, from + 1);
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export const ELEMENTS = { rich_text_input: rich };
