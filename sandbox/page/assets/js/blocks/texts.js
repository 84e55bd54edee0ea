// Blocks of words: section, header, context, divider, markdown, rich_text, alert.

import { h } from "../dom.js";
import { element } from "../elements/index.js";
import { plainText, textObject } from "../mrkdwn.js";
import { markdown } from "../markdown.js";
import { richText } from "../richtext.js";
import { picture } from "./media.js";

function section(block, ctx) {
  const words = h("div", { class: "section-words" }, block.text && folded(textObject(block.text), block, ctx));
  if (block.fields) words.append(h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "field" }, textObject(field)))));
  const side = block.accessory && h("div", { class: "accessory" }, element(block.accessory, block, ctx));
  return h("div", { class: "section" }, words, side);
}

// A long text is folded in messages, as Slack does, unless the app asks for all of it.
function folded(node, block, ctx) {
  if (ctx.surface !== "message" || block.expand || String(block.text.text).length < 700) return node;
  const box = h("div", { class: "folded" }, node);
  const button = h("button", { type: "button", class: "link", on: { click: () => {
    const open = box.classList.toggle("open");
    button.textContent = open ? "See less" : "See more";
  } } }, "See more");
  return h("div", {}, box, button);
}

const header = (block) => h("h3", { class: "header" }, plainText(block.text));

const context = (block) => h("div", { class: "context" }, block.elements.map((one) =>
  one.type === "image" ? picture(one, "context-image") : textObject(one)));

const LEVELS = { info: "i", warning: "!", error: "×", success: "✓" };
const alert = (block) => h("div", { class: `alert alert-${block.level || "default"}` },
  h("b", { "aria-hidden": "true" }, LEVELS[block.level] || "•"), textObject(block.text));

export const BLOCKS = {
  section, header, context, alert,
  divider: () => h("hr", {}),
  markdown: (block) => markdown(block.text),
  rich_text: (block) => richText(block),
};
