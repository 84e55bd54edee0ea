// The inspector: every call of an app and every delivery to one, as they happen, with what is wrong in red.

import { icon } from "./icons.js";
import { see } from "./control.js";
import { fill, h, iconButton } from "./dom.js";
import { jsonTree } from "./json.js";
import { go } from "./place.js";
import { on } from "./store.js";
import { format } from "./time.js";

const MOST = 3000, SHOWN = 300;
const KINDS = { call: "Calls", delivery: "Deliveries", bad: "Problems" };
const box = document.getElementById("inspector");
const rows = new Map();
let only = null, words = "", chosen = null, asked = null, list, detail, tally, loaded = false;

export function inspector() {
  list = h("div", { class: "log", role: "listbox", "aria-label": "Calls and deliveries", tabindex: "0" });
  detail = h("div", { class: "detail", tabindex: "0", "aria-label": "Detail" });
  tally = h("span", { class: "tally", role: "status" });
  list.addEventListener("keydown", walk);
  const search = h("input", { type: "search", class: "input", placeholder: "Filter: method, event, any text", "aria-label": "Filter" });
  search.addEventListener("input", () => { words = search.value.toLowerCase(); draw(); });
  const tabs = [null, ...Object.keys(KINDS)].map((kind) => h("button", { type: "button", class: "tab", role: "tab", "aria-selected": String(kind === only), on: { click: (event) => {
    only = kind;
    for (const tab of event.target.parentElement.children) tab.setAttribute("aria-selected", String(tab === event.target));
    draw();
  } } }, kind ? KINDS[kind] : "All"));
  fill(box, h("header", { class: "inspector-head" }, h("h2", {}, "Inspector"), h("div", { class: "tabs", role: "tablist" }, tabs), search, tally, h("span", { class: "grow" }),
    iconButton(icon("broom"), "Clear", () => { rows.clear(); chosen = null; fill(detail, hint()); draw(); }), iconButton(icon("close"), "Close the inspector", () => go({ i: null }))),
    h("div", { class: "inspector-body" }, list, detail));
  fill(detail, hint());
  for (const what of ["call", "delivery", "violation"]) on(what, (told) => take(what, told.row));
  on("reset", load);
}

const hint = () => h("p", { class: "faint pad" }, "Choose a row to see what was sent and what came back.");

/** Shows or hides the panel. */
export function showInspector(open) {
  box.hidden = !open;
  if (open && !loaded) load();
  else if (open) soon();
}

async function load() {
  loaded = true;
  rows.clear();
  const got = await see("log", { limit: 400 }).catch(() => null);
  if (!got) return;
  // What came in the meantime is newer than this answer.
  for (const [what, key] of [["call", "calls"], ["delivery", "deliveries"], ["violation", "violations"]]) for (const row of got[key]) if (!rows.has(`${what} ${row.n}`)) put(what, row);
  draw();
}

function put(what, row) {
  // What is wrong with a call stands in the row of the call.
  if (what === "violation" && row.kind === "call") return;
  const key = `${what} ${row.n}`;
  rows.set(key, { key, what, row, bad: problem(what, row), name: title(what, row) });
  if (rows.size > MOST) rows.delete(rows.keys().next().value);
}

function take(what, row) {
  put(what, row);
  if (chosen === `${what} ${row.n}`) choose(chosen);
  soon();
}

function soon() {
  if (box.hidden) return;
  asked ||= requestAnimationFrame(() => { asked = null; draw(); });
}

// One word more about what a row is about, beside its name.
function about(what, row) {
  const { args = {}, payload = {} } = row, event = payload.event || payload;
  if (what === "violation") return row.text;
  if (what === "call") return args.channel || args.user || args.callback_id || "";
  return event.subtype || event.callback_id || event.view?.callback_id || event.actions?.[0]?.action_id || event.text || event.reaction || "";
}

function problem(what, row) {
  if (what === "violation") return row.text;
  if (what === "delivery") return row.ack && row.ack !== "ok" ? row.ack : "";
  return row.violations?.join("; ") || (row.ok ? "" : row.error || "failed");
}

function title(what, row) {
  if (what === "call") return row.method;
  if (what === "violation") return row.kind;
  return row.retry ? `${row.type} (retry ${row.retry})` : row.type;
}

const SIGNS = { call: "→", delivery: "←", violation: "!" };

function draw() {
  const all = [...rows.values()];
  const fits = all.filter((one) => (!only || (only === "bad" ? one.bad : one.what === only)) && (!words || JSON.stringify(one.row).toLowerCase().includes(words)));
  fits.sort((one, other) => one.row.t - other.row.t);
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 30;
  fill(list, fits.slice(-SHOWN).map(line));
  if (atEnd) list.scrollTop = list.scrollHeight;
  const bad = all.filter((one) => one.bad).length;
  fill(tally, `${all.length} rows`, bad ? h("b", { class: "bad" }, ` · ${bad} with problems`) : "");
}

function line({ key, what, row, bad, name }) {
  const waits = what === "delivery" && !row.ack;
  const state = bad || (waits ? "waiting…" : what === "call" ? "ok" : took(row));
  return h("div", { class: `log-row ${what}${bad ? " bad" : ""}`, role: "option", id: `log-${key.replace(" ", "-")}`, "aria-selected": String(key === chosen), data: { key }, on: { click: () => choose(key) } },
    h("span", { class: "log-time" }, clock(row.t)), h("span", { class: "log-sign", title: { call: "from an app", delivery: "to an app", violation: "violation" }[what] }, SIGNS[what]),
    h("span", { class: "log-name" }, name, h("span", { class: "log-about" }, ` ${about(what, row)}`)), h("span", { class: "log-state" }, state));
}

const took = (row) => `${row.ack}${row.done ? ` · ${Math.max(0, Math.round((row.done - row.t) * 1000))} ms` : ""}`;
const clock = (at) => `${format(at, { hour: "2-digit", minute: "2-digit", second: "2-digit" })}.${String(Math.floor((at % 1) * 1000)).padStart(3, "0")}`;

function choose(key) {
  chosen = key;
  const one = rows.get(key);
  for (const node of list.children) node.setAttribute("aria-selected", String(node.dataset.key === key));
  if (!one) return fill(detail, hint());
  const { what, row, bad, name } = one;
  const { args, payload, answer, violations, n, ...rest } = row;
  const part = (label, value) => (value === undefined || value === null ? null : h("section", {}, h("h3", {}, label), jsonTree(value, 2)));
  return fill(detail, h("h2", {}, name), bad ? h("p", { class: "bad", role: "alert" }, bad) : null, part("Violations", violations), part(what === "call" ? "Arguments" : "Payload", args ?? payload), part("Answer", answer), part("About", rest));
}

function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const all = [...list.children], at = all.findIndex((node) => node.dataset.key === chosen);
  const to = all[Math.max(0, Math.min(all.length - 1, at < 0 ? all.length - 1 : at + step))];
  if (to) {
    choose(to.dataset.key);
    list.setAttribute("aria-activedescendant", to.id);
    to.scrollIntoView({ block: "nearest" });
  }
}
