// Every block of Block Kit by its type; one that is not in the table is shown loudly, never left out.

import { h } from "../dom.js";
import * as cards from "./cards.js";
import * as media from "./media.js";
import * as rows from "./rows.js";
import * as tables from "./tables.js";
import * as texts from "./texts.js";

const TABLE = { ...texts.BLOCKS, ...rows.BLOCKS, ...media.BLOCKS, ...tables.BLOCKS, ...cards.BLOCKS };

/**
 * The nodes of a list of blocks. `ctx` says where they stand: surface ("message", "modal", "home"), values and errors,
 * and what happens when somebody uses them: press(block, element, value), keep(block, element, value), suggest(...).
 */
export function blocks(list, ctx) {
  return h("div", { class: "blocks" }, (list || []).map((block) => oneBlock(block, ctx)));
}

export function oneBlock(block, ctx) {
  const make = TABLE[block?.type];
  if (!make) return unknown(`unknown block: ${block?.type}`, block);
  try {
    return h("div", { class: `block block-${block.type}`, data: { block: block.block_id || "" } }, make(block, { ...ctx, oneBlock }));
  } catch (error) {
    return unknown(`${block.type} cannot be drawn: ${error.message}`, block);
  }
}

export function unknown(text, what) {
  return h("div", { class: "unknown", role: "alert" }, text, h("pre", {}, JSON.stringify(what, null, 2)));
}
