// What is typed: one line, many lines, an address, a number.

import { h } from "../dom.js";

const WHEN = { on_enter_pressed: "enter", on_character_entered: "type" };

/** Wires a text field: kept while typing; sent to the app by Enter or by every character when the block asks for that. */
export function wired(field, element, ctx, read = () => field.value || null) {
  const moments = (element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"]).map((name) => WHEN[name]);
  field.addEventListener("input", () => {
    ctx.keep(read());
    if (!ctx.quiet && moments.includes("type")) ctx.use(read());
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || ctx.quiet || !moments.includes("enter")) return;
    event.preventDefault();
    event.stopPropagation();
    ctx.use(read());
  });
  return field;
}

function typed(type) {
  return (element, ctx) => {
    const tag = element.multiline ? "textarea" : "input";
    const field = h(tag, { class: "input", id: ctx.labelled || null, placeholder: element.placeholder?.text || "", autocomplete: "off" });
    if (tag === "input") field.type = type;
    else field.rows = 4;
    if (element.max_length) field.maxLength = element.max_length;
    if (type === "number") {
      field.step = element.is_decimal_allowed ? "any" : "1";
      if (element.min_value !== undefined) field.min = element.min_value;
      if (element.max_value !== undefined) field.max = element.max_value;
    }
    field.value = ctx.entry.value ?? "";
    if (element.focus_on_load) field.dataset.focus = "yes";
    wired(field, element, ctx);
    return element.max_length ? counted(field, element.max_length) : field;
  };
}

// How many characters are left, once there are few.
function counted(field, most) {
  const left = h("span", { class: "hint left", "aria-live": "polite" });
  const show = () => { left.textContent = field.value.length > most * 0.8 || most - field.value.length < 20 ? String(most - field.value.length) : ""; };
  field.addEventListener("input", show);
  show();
  return h("div", {}, field, left);
}

export const ELEMENTS = {
  plain_text_input: typed("text"), email_text_input: typed("email"), url_text_input: typed("url"), number_input: typed("number"),
};
