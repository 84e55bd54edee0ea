// Every element of Block Kit by its type, with the value it stands at.

import { h } from "../dom.js";
import * as buttons from "./buttons.js";
import * as choices from "./choices.js";
import * as files from "./files.js";
import * as pickers from "./pickers.js";
import * as rich from "./rich.js";
import * as selects from "./selects.js";
import * as typed from "./typed.js";
import { picture } from "../blocks/media.js";

const TABLE = {
  image: (element) => picture(element, "accessory-picture"),
  ...buttons.ELEMENTS, ...selects.ELEMENTS, ...choices.ELEMENTS, ...pickers.ELEMENTS, ...typed.ELEMENTS, ...rich.ELEMENTS, ...files.ELEMENTS,
};

/** The node of an element; `ctx.use` is given the value when somebody changed it, and says what became of it. */
export function element(element, block, ctx) {
  const make = TABLE[element?.type];
  if (!make) return h("div", { class: "unknown", role: "alert" }, `unknown element: ${element?.type}`);
  const here = {
    ...ctx,
    entry: ctx.values?.[block.block_id]?.[element.action_id] || {},
    use: (value) => ctx.press(block, element, value),
    keep: (value) => ctx.keep(block, element, value),
    // Inside an input nothing is sent until the form is, unless the block asks for it.
    quiet: block.type === "input" && !block.dispatch_action,
    suggest: (typedText) => ctx.suggest(block, element, typedText),
  };
  const node = make(element, here);
  node.dataset.action = element.action_id || "";
  return node;
}
