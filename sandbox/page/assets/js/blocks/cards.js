// The newer blocks that hold others: card, carousel, task_card, plan, container.

import { h } from "../dom.js";
import { element } from "../elements/index.js";
import { link } from "../inline.js";
import { plainText, textObject } from "../mrkdwn.js";
import { richText } from "../richtext.js";
import { picture } from "./media.js";

function card(block, ctx) {
  const words = h("div", { class: "card-head" }, block.icon && picture(block.icon, "card-icon"),
    h("div", {}, block.title && h("b", {}, textObject(block.title)), block.subtitle && h("div", { class: "faint" }, textObject(block.subtitle))));
  return h("div", { class: "card" }, block.hero_image && picture(block.hero_image, "card-hero"), words, block.body && textObject(block.body),
    block.actions && h("div", { class: "actions" }, block.actions.map((one) => element(one, block, ctx))));
}

const carousel = (block, ctx) => h("div", { class: "carousel", tabindex: "0", role: "region", "aria-label": "Cards" },
  block.elements.map((one) => ctx.oneBlock(one, ctx)));

const SIGNS = { pending: "○", in_progress: "◐", complete: "✓", error: "✕" };

function task(block) {
  const sources = (block.sources || []).map((source) => h("span", { class: "chip" }, link(source.url, source.text)));
  return h("details", { class: `task task-${block.status}`, open: true },
    h("summary", {}, h("span", { class: "task-sign", "aria-label": String(block.status).replace("_", " ") }, SIGNS[block.status] || "○"), ` ${block.title}`),
    block.details && richText(block.details), block.output && richText(block.output), sources.length ? h("div", { class: "chips" }, sources) : null);
}

const plan = (block) => h("div", { class: "card" }, h("b", {}, typeof block.title === "string" ? block.title : plainText(block.title)), (block.tasks || []).map(task));

function container(block, ctx) {
  const title = block.rich_text_title ? richText(block.rich_text_title) : block.title && h("b", {}, plainText(block.title));
  const head = h("div", { class: "card-head" }, block.icon && picture(block.icon, "card-icon"),
    h("div", {}, title, block.subtitle && h("div", { class: "faint" }, textObject(block.subtitle))));
  const inside = h("div", { class: "blocks" }, block.child_blocks.map((one) => ctx.oneBlock(one, ctx)));
  const look = `container width-${block.width || "standard"}${block.has_header_divider ? " ruled" : ""}`;
  if (block.is_collapsible === false || !title) return h("div", { class: look }, head, inside);
  return h("details", { class: look, open: !block.default_collapsed }, h("summary", {}, head), inside);
}

export const BLOCKS = { card, carousel, plan, container, task_card: task };
