// Suggestions while somebody types: people and groups after @, channels after #, emoji after :, commands after a first /.

import { beside, fill, h } from "./dom.js";
import { search, EMOJI } from "./emoji.js";
import { personAvatar } from "./names.js";
import { hasTwin, state } from "./store.js";

let count = 0;

/** Wires a text field. */
export function autocomplete(field, where) {
  const id = `complete-${(count += 1)}`;
  const popup = h("div", { class: "popup listbox", role: "listbox", id });
  let rows = [], at = 0, from = 0;
  field.setAttribute("aria-controls", id);
  field.setAttribute("aria-autocomplete", "list");

  const close = () => {
    rows = [];
    popup.remove();
    field.removeAttribute("aria-activedescendant");
  };
  const light = (to) => {
    at = (to + rows.length) % rows.length;
    [...popup.children].forEach((node, place) => {
      node.classList.toggle("lit", place === at);
      node.setAttribute("aria-selected", String(place === at));
      if (place === at) node.scrollIntoView({ block: "nearest" });
    });
    field.setAttribute("aria-activedescendant", `${id}-${at}`);
  };
  const take = (row) => {
    field.setRangeText(`${row.insert} `, from, field.selectionStart, "end");
    close();
    field.focus();
    field.dispatchEvent(new Event("input"));
  };
  const look = () => {
    const before = field.value.slice(0, field.selectionStart);
    const found = suggestions(before, where);
    if (!found?.rows.length) return close();
    ({ rows, from } = found);
    fill(popup, rows.map((row, place) => h("div", { class: "option", role: "option", id: `${id}-${place}`, on: { mousedown: (event) => { event.preventDefault(); take(row); } } },
      row.sign?.(), h("span", { class: "option-words" }, row.label), row.hint && h("span", { class: "hint" }, row.hint))));
    popup.style.minWidth = `${Math.min(420, field.offsetWidth)}px`;
    beside(popup, field, { above: true });
    return light(0);
  };
  field.addEventListener("input", look);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (!rows.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      light(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) {
      if (rows[at].exact && event.key === "Enter") return close();
      event.preventDefault();
      take(rows[at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
}

function suggestions(before, where) {
  const command = /^\/(\S*)$/.exec(before);
  if (command) return where.thread ? null : { from: 0, rows: commands(command[1]) };
  const found = /(?:^|[\s(])([@#:])([\w.+-]*)$/.exec(before);
  if (!found) return null;
  const [, sign, typed] = found, from = before.length - typed.length - 1;
  if (sign === "@") return { from, rows: people(typed.toLowerCase(), where) };
  if (sign === "#") return { from, rows: channels(typed.toLowerCase()) };
  return typed.length < 2 ? null : { from, rows: search(typed).map((name) => ({ insert: `:${name}:`, label: `${EMOJI.get(name)}  :${name}:` })) };
}

function commands(typed) {
  return state.apps.filter((app) => !app.revoked).flatMap((app) => app.commands.filter((row) => row.command.slice(1).startsWith(typed)).map((row) => ({
    insert: row.command, exact: row.command === `/${typed}`, hint: app.name,
    label: [h("b", {}, row.command), " ", h("span", { class: "faint" }, row.usage_hint || ""), h("span", { class: "hint" }, row.description || "")],
  })));
}

function people(typed, where) {
  const fits = (...words) => words.some((word) => String(word || "").toLowerCase().split(/[\s.]+/).concat(String(word || "").toLowerCase()).some((part) => part.startsWith(typed)));
  const inside = new Set(where.channel.members);
  const users = [...state.users.values()].filter((user) => !user.deleted && fits(user.name, user.shown, user.real_name));
  users.sort((one, other) => inside.has(other.id) - inside.has(one.id) || one.is_bot === true || one.shown.localeCompare(other.shown));
  const rows = users.map((user) => ({ insert: `@${user.name}`, label: user.shown, sign: () => personAvatar(user.id, { small: true }),
    hint: [user.real_name, (user.name !== user.shown || hasTwin(user)) && `@${user.name}`, !inside.has(user.id) && "not in the channel"].filter(Boolean).join(" · ") }));
  const groups = [...state.groups.values()].filter((group) => fits(group.handle, group.name)).map((group) => ({ insert: `@${group.handle}`, label: `@${group.handle}`, hint: group.name }));
  const special = ["here", "channel", "everyone"].filter((name) => typed && name.startsWith(typed)).map((name) => ({ insert: `@${name}`, label: `@${name}`, hint: "notifies many people" }));
  return [...rows, ...groups, ...special].slice(0, 10);
}

function channels(typed) {
  const named = [...state.channels.values()].filter((one) => (one.kind === "public" || one.kind === "private") && one.name.includes(typed));
  return named.slice(0, 10).map((one) => ({ insert: `#${one.name}`, label: `# ${one.name}`, hint: one.topic?.value }));
}
