// Short sentences in the corner of the screen, read aloud by screen readers; each goes by itself, unless somebody points at it.

import { icon } from "./icons.js";
import { h, iconButton } from "./dom.js";

const LASTS = { good: 4000, bad: 10000 };

/** Shows a sentence; returns what takes it away. With `stays` nothing else does, but its button. */
export function notice(text, kind = "good", { stays = false } = {}) {
  const box = document.getElementById("notices");
  const row = h("div", { class: `notice ${kind}`, role: kind === "bad" ? "alert" : null }, h("span", {}, text));
  const gone = () => row.remove();
  row.append(iconButton(icon("close"), "Dismiss", gone));
  // The same sentence twice says no more than once.
  [...box.children].filter((one) => one.textContent === row.textContent).forEach((one) => one.remove());
  box.append(row);
  while (box.childElementCount > 4) box.firstChild.remove();
  const leave = () => (row.matches(":hover, :focus-within") ? setTimeout(leave, 1000) : gone());
  if (!stays) setTimeout(leave, LASTS[kind]);
  return gone;
}
