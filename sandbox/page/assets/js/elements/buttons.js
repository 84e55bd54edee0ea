// What is pressed: buttons of every kind and the overflow menu, with their question before, and a sign while they work.

import { h, safeLink } from "../dom.js";
import { icon } from "../icons.js";
import { confirmed } from "../dialogs.js";
import { plainText } from "../mrkdwn.js";
import { menu } from "../menu.js";

async function working(node, act) {
  node.classList.add("working");
  node.setAttribute("aria-busy", "true");
  try {
    await act();
  } finally {
    node.classList.remove("working");
    node.removeAttribute("aria-busy");
  }
}

/** Does something with a value after the question that the element asks, if it asks one. */
export async function asked(element, ctx, node, value) {
  if (node.classList.contains("working")) return false;
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  await working(node, () => ctx.use(value));
  return true;
}

function button(element, ctx) {
  const look = element.style === "primary" ? " primary" : element.style === "danger" ? " danger" : "";
  const node = h("button", { type: "button", class: `button${look}`, "aria-label": element.accessibility_label || null }, plainText(element.text));
  node.addEventListener("click", async () => {
    const url = element.url && safeLink(element.url);
    if (url && !element.confirm) open(url, "_blank", "noopener");
    const done = await asked(element, ctx, node, null);
    if (done && url && element.confirm) open(url, "_blank", "noopener");
  });
  return node;
}

function overflow(element, ctx) {
  const node = h("button", { type: "button", class: "button square", "aria-label": "More actions", "aria-haspopup": "menu" }, "⋯");
  node.addEventListener("click", () => menu(node, element.options.map((option) => ({
    label: plainText(option.text), hint: option.description && plainText(option.description),
    run: () => {
      if (option.url && safeLink(option.url)) open(option.url, "_blank", "noopener");
      asked(element, ctx, node, option);
    },
  }))));
  return node;
}

const ICONS = new Set(["trash"]);

function iconButton(element, ctx) {
  const label = element.accessibility_label || element.text.text;
  const node = h("button", { type: "button", class: "button quiet", "aria-label": label, title: element.text.text }, ICONS.has(element.icon) ? icon(element.icon) : element.icon);
  node.addEventListener("click", () => asked(element, ctx, node, null));
  return node;
}

function feedback(element, ctx) {
  const one = (which, sign) => {
    const node = h("button", { type: "button", class: "button quiet", title: which.text.text, "aria-label": which.accessibility_label || which.text.text }, sign);
    node.addEventListener("click", () => asked(element, ctx, node, which.value));
    return node;
  };
  return h("span", { class: "pair" }, one(element.positive_button, "👍"), one(element.negative_button, "👎"));
}

export const ELEMENTS = { button, workflow_button: button, overflow, icon_button: iconButton, feedback_buttons: feedback };
