// Changing a message in its place, with what was typed and not with the tokens it became.

import { tryAct } from "../control.js";
import { h } from "../dom.js";
import { unescaped } from "../inline.js";
import { state } from "../store.js";

/** The line as somebody would type it. */
export function typed(text) {
  const plain = String(text).replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (token, body, label) => {
    if (body.startsWith("@")) return `@${state.users.get(body.slice(1))?.name || label || body.slice(1)}`;
    if (body.startsWith("#")) return `#${state.channels.get(body.slice(1))?.name || label || body.slice(1)}`;
    if (body.startsWith("!subteam^")) return `@${state.groups.get(body.slice(9))?.handle || label || body}`;
    if (body.startsWith("!")) return /^!(here|channel|everyone)$/.test(body) ? `@${body.slice(1)}` : token;
    return body;
  });
  return unescaped(plain);
}

/** Puts a field in the place of the message's words; Enter saves, Escape leaves it as it was. */
export function editor(message, node, channel) {
  const body = node.querySelector("[data-body]");
  if (!body || node.querySelector(".editor")) return;
  const field = h("textarea", { class: "input", "aria-label": "Edit message", rows: Math.min(10, message.text.split("\n").length + 1) });
  field.value = typed(message.text);
  const close = () => {
    form.remove();
    body.hidden = false;
    node.focus();
  };
  const save = async () => {
    if (!field.value.trim()) return;
    if (await tryAct("edit", { user: state.me, channel: channel.id, ts: message.ts, text: field.value })) close();
  };
  const form = h("div", { class: "editor" }, field, h("div", { class: "dialog-buttons" },
    h("button", { type: "button", class: "button small", on: { click: close } }, "Cancel"),
    h("button", { type: "button", class: "button small primary", on: { click: save } }, "Save")));
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    }
  });
  body.hidden = true;
  body.after(form);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}
