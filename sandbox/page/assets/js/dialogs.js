// Small dialogs: the question that an element asks before it acts, and the choice of an emoji.

import { fill, h } from "./dom.js";
import { back } from "./focus.js";
import { EMOJI, search } from "./emoji.js";
import { plainText, textObject } from "./mrkdwn.js";

/** Opens a dialog; resolves with what `close(value)` was given, null for Escape. */
export function dialog(label, draw, className = "") {
  return new Promise((done) => {
    const box = h("dialog", { class: `dialog ${className}`, "aria-label": label });
    const close = (value) => {
      box.close();
      box.remove();
      back();
      done(value);
    };
    box.addEventListener("cancel", (event) => {
      event.preventDefault();
      close(null);
    });
    box.addEventListener("mousedown", (event) => event.target === box && close(null));
    fill(box, draw(close));
    document.body.append(box);
    box.showModal();
  });
}

/** Asks the question of a confirm object; true for yes. */
export async function confirmed(ask) {
  const said = await dialog(ask.title?.text || "Are you sure?", (close) => h("div", { class: "dialog-body" },
    h("h2", {}, ask.title ? plainText(ask.title) : "Are you sure?"), ask.text && textObject(ask.text),
    h("div", { class: "dialog-buttons" },
      h("button", { type: "button", class: "button", on: { click: () => close(false) } }, ask.deny ? plainText(ask.deny) : "Cancel"),
      h("button", { type: "button", class: `button ${ask.style === "danger" ? "danger" : "primary"}`, autofocus: true, on: { click: () => close(true) } }, ask.confirm ? plainText(ask.confirm) : "Yes"))));
  return Boolean(said);
}

const FIRST = ["+1", "eyes", "white_check_mark", "tada", "heart", "joy", "rocket", "pray", "fire", "warning", "thinking_face", "100"];

/** Lets somebody choose an emoji; its name, or null. */
export function chooseEmoji() {
  return dialog("Choose an emoji", (close) => {
    const grid = h("div", { class: "emoji-grid" });
    const draw = (typed) => {
      const names = typed ? search(typed, 60) : [...new Set([...FIRST, ...EMOJI.keys()])].slice(0, 120);
      fill(grid, names.map((name) => h("button", { type: "button", class: "emoji-pick", title: `:${name}:`, "aria-label": name, on: { click: () => close(name) } }, EMOJI.get(name))));
    };
    const field = h("input", { type: "search", class: "input", placeholder: "Search emoji, or type any name", "aria-label": "Search emoji" });
    field.addEventListener("input", () => draw(field.value.replaceAll(":", "").trim()));
    field.addEventListener("keydown", (event) => {
      const typed = field.value.replaceAll(":", "").trim();
      if (event.key === "Enter") event.preventDefault();
      if (event.key === "Enter" && typed) close(EMOJI.has(typed) ? typed : search(typed, 1)[0] || typed);
    });
    draw("");
    return h("div", { class: "dialog-body" }, field, grid);
  }, "emoji-dialog");
}
