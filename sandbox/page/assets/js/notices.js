// Short sentences in the corner of the screen, read aloud by screen readers; bad ones stay until they are closed.

import { icon } from "./icons.js";
import { h, iconButton } from "./dom.js";

export function notice(text, kind = "good") {
  const box = document.getElementById("notices");
  const row = h("div", { class: `notice ${kind}`, role: kind === "bad" ? "alert" : null }, h("span", {}, text));
  row.append(iconButton(icon("close"), "Dismiss", () => row.remove()));
  box.append(row);
  while (box.childElementCount > 4) box.firstChild.remove();
  if (kind !== "bad") setTimeout(() => row.remove(), 4000);
}
