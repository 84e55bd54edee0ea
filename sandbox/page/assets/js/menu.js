// A menu that opens beside a button: arrows move, Enter chooses, Escape closes and gives the focus back.

import { beside, h } from "./dom.js";
import { back } from "./focus.js";

let shut = null;

export function closeMenu() {
  shut?.();
}

/** `items`: {label, hint, run, bad} or null for a line. */
export function menu(anchor, items) {
  closeMenu();
  const box = h("div", { class: "popup menu", role: "menu" }, items.map((item) => {
    if (!item) return h("hr", {});
    const node = h("button", { type: "button", class: `option${item.bad ? " bad" : ""}`, role: "menuitem", tabindex: "-1" },
      h("span", { class: "option-words" }, item.label), item.hint && h("span", { class: "hint" }, item.hint));
    node.addEventListener("click", () => {
      close(true);
      item.run();
    });
    return node;
  }));
  const close = (returns) => {
    if (!shut) return;
    shut = null;
    box.remove();
    document.removeEventListener("mousedown", outside, true);
    anchor.setAttribute("aria-expanded", "false");
    if (!returns) return;
    // What opened it may have gone, or be hidden while its message has not the focus.
    if (anchor.isConnected) anchor.focus();
    back();
  };
  const outside = (event) => box.contains(event.target) || close(false);
  shut = () => close(false);
  box.addEventListener("keydown", (event) => {
    const rows = [...box.querySelectorAll("[role=menuitem]")], at = rows.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      rows[(to + rows.length) % rows.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    }
  });
  document.addEventListener("mousedown", outside, true);
  anchor.setAttribute("aria-expanded", "true");
  beside(box, anchor);
  box.querySelector("[role=menuitem]")?.focus();
}
