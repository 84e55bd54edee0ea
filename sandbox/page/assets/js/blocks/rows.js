// Blocks of things to use: actions, context_actions, and the input with its label, hint and error.

import { h } from "../dom.js";
import { element } from "../elements/index.js";
import { plainText } from "../mrkdwn.js";
import { state } from "../store.js";

const row = (block, ctx) => h("div", { class: "actions" }, block.elements.map((one) => element(one, block, ctx)));

const visible = (one) => !one.visible_to_user_ids || one.visible_to_user_ids.includes(state.me);

const contextActions = (block, ctx) => h("div", { class: "actions quiet" }, block.elements.filter(visible).map((one) => element(one, block, ctx)));

const GROUPED = new Set(["radio_buttons", "checkboxes"]);
let count = 0;

function input(block, ctx) {
  const key = `input-${(count += 1)}`, grouped = GROUPED.has(block.element.type);
  const error = ctx.errors?.[block.block_id];
  const control = element(block.element, block, { ...ctx, labelled: key, invalid: Boolean(error) });
  const label = h(grouped ? "legend" : "label", { class: "label", id: `${key}-label`, for: grouped ? null : key }, plainText(block.label),
    block.optional ? h("span", { class: "optional" }, " (optional)") : null);
  const hint = block.hint && h("div", { class: "hint", id: `${key}-hint` }, plainText(block.hint));
  const wrong = error && h("div", { class: "error", id: `${key}-error`, role: "alert" }, error);
  const described = [hint && `${key}-hint`, wrong && `${key}-error`].filter(Boolean).join(" ");
  const field = control.matches("input,textarea,select") ? control : control.querySelector("input,textarea,select") || control.querySelector("button");
  if (field && !grouped && !field.id) field.id = key;
  if (field && described) field.setAttribute("aria-describedby", described);
  if (field && error) field.setAttribute("aria-invalid", "true");
  return h(grouped ? "fieldset" : "div", { class: `field-row${error ? " wrong" : ""}` }, label, control, hint, wrong);
}

export const BLOCKS = { actions: row, context_actions: contextActions, input };
