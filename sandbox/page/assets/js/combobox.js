// A select menu that can be searched: a text field with a list below, used with the mouse or the keyboard alone.

import { beside, fill, h, iconButton } from "./dom.js";
import { icon } from "./icons.js";

let count = 0;
const text = (row) => row?.shown || row?.words || "";

/**
 * `find(typed)` gives rows {key, value, label, words (searched), shown, hint, group, sign}, at once or later; `change(rows)` hears what was
 * chosen and returns false to refuse it. With `many`, what is chosen stands as chips.
 */
export function combobox({ many, chosen, find, change, placeholder, id, label, most, focus, clearable = true }) {
  const list = `list-${(count += 1)}`;
  const input = h("input", { type: "text", class: "input", role: "combobox", "aria-expanded": "false", "aria-controls": list, "aria-autocomplete": "list", autocomplete: "off", placeholder, "aria-label": label, id: id || null });
  if (focus) input.dataset.focus = "yes";
  const chips = h("span", { class: "chips" });
  const clear = iconButton(icon("close"), "Clear", () => choose([]));
  const popup = h("div", { class: "popup listbox", role: "listbox", id: list });
  const box = h("div", { class: `combobox${many ? " many" : ""}` }, chips, input, clearable && !many ? clear : null);
  let rows = [], at = -1, asks = 0, open = false;

  const words = () => (many ? "" : text(chosen[0]));
  const draw = () => {
    fill(chips, many ? chosen.map((row) => h("span", { class: "chip" }, text(row), iconButton(icon("close"), `Remove ${text(row)}`, () => choose(chosen.filter((one) => one !== row))))) : null);
    clear.hidden = !chosen.length;
    input.value = words();
    input.dataset.chosen = chosen.map((row) => row.key).join(",");
  };
  const close = () => {
    open = false;
    popup.remove();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = async (picked) => {
    close();
    const before = chosen;
    chosen = picked;
    draw();
    if ((await change(picked)) === false) {
      chosen = before;
      draw();
    }
  };
  const pick = (row) => {
    if (!many) return choose([row]);
    const there = chosen.some((one) => one.key === row.key);
    if (!there && most && chosen.length >= most) return fill(popup, h("div", { class: "hint pad" }, `${most} at most`));
    return choose(there ? chosen.filter((one) => one.key !== row.key) : [...chosen, row]);
  };
  const light = (to) => {
    at = rows.length ? (to + rows.length) % rows.length : -1;
    const options = [...popup.querySelectorAll("[role=option]")];
    options.forEach((option, place) => option.classList.toggle("lit", place === at));
    options[at]?.scrollIntoView({ block: "nearest" });
    if (options[at]) input.setAttribute("aria-activedescendant", options[at].id);
  };
  const list_ = (typed) => {
    let group = null;
    fill(popup, rows.length ? rows.map((row, place) => {
      const head = row.group && row.group !== group ? h("div", { class: "group" }, row.group) : null;
      group = row.group;
      const is = chosen.some((one) => one.key === row.key);
      return [head, h("div", { class: "option", role: "option", id: `${list}-${place}`, "aria-selected": String(is), on: { mousedown: (event) => { event.preventDefault(); pick(row); } } },
        row.sign?.(), h("span", { class: "option-words" }, row.label), row.hint && h("span", { class: "hint" }, row.hint), is ? h("span", { class: "tick" }, "✓") : null)];
    }) : h("div", { class: "hint pad" }, typed ? "Nothing found" : "Type to search"));
    popup.style.minWidth = `${box.offsetWidth}px`;
    beside(popup, box);
    light(typed ? 0 : Math.max(0, rows.findIndex((row) => chosen.some((one) => one.key === row.key))));
  };
  const show = async (typed) => {
    const ask = (asks += 1);
    open = true;
    input.setAttribute("aria-expanded", "true");
    const found = await find(typed);
    if (ask !== asks || !open || !input.isConnected) return;
    rows = found.slice(0, 200);
    list_(typed);
  };
  input.addEventListener("focus", () => input.select());
  input.addEventListener("click", () => show(""));
  input.addEventListener("input", () => show(input.value));
  input.addEventListener("blur", () => { close(); input.value = words(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      open && popup.isConnected ? light(at + (event.key === "ArrowDown" ? 1 : -1)) : show("");
    } else if (event.key === "Enter" && open && rows[at]) {
      event.preventDefault();
      event.stopPropagation();
      pick(rows[at]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
      input.value = words();
    } else if (event.key === "Backspace" && many && !input.value && chosen.length) choose(chosen.slice(0, -1));
  });
  draw();
  return box;
}
