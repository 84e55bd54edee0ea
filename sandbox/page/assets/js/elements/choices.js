// Radio buttons and checkboxes.

import { h } from "../dom.js";
import { plainText, textObject } from "../mrkdwn.js";
import { confirmed } from "../dialogs.js";

let count = 0;

function group(kind) {
  return (element, ctx) => {
    const name = `choice-${(count += 1)}`, many = kind === "checkbox";
    const chosen = many ? ctx.entry.selected_options || [] : [ctx.entry.selected_option].filter(Boolean);
    const values = new Set(chosen.map((option) => option.value));
    const box = h("div", { class: "choices", role: many ? "group" : "radiogroup", "aria-labelledby": ctx.labelled ? `${ctx.labelled}-label` : null });
    const change = async (input) => {
      if (element.confirm && !(await confirmed(element.confirm))) {
        input.checked = many ? !input.checked : false;
        return;
      }
      const picked = [...box.querySelectorAll("input:checked")].map((one) => element.options[Number(one.value)]);
      const value = many ? picked : picked[0] || null;
      ctx.quiet ? ctx.keep(value) : ctx.use(value);
    };
    element.options.forEach((option, at) => {
      const input = h("input", { type: kind, name, value: String(at), on: { change: (event) => change(event.target) } });
      input.checked = values.has(option.value);
      const words = h("span", {}, plainText(option.text), option.description && h("span", { class: "hint" }, textObject(option.description)));
      box.append(h("label", { class: "choice" }, input, words));
    });
    return box;
  };
}

export const ELEMENTS = { radio_buttons: group("radio"), checkboxes: group("checkbox") };
