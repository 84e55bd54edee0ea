// Draws every picture of the gallery with the modules of the local Slack's page, each in a frame like the place it stands at.

import { blocks } from "page/blocks/index.js";
import { fill, h } from "page/dom.js";
import { jsonTree } from "page/json.js";
import { messageContext } from "page/messages/uses.js";
import { messageRow } from "page/messages/row.js";
import { plainText } from "page/mrkdwn.js";
import { personAvatar } from "page/names.js";
import { notice } from "page/notices.js";
import { state } from "page/store.js";

const given = JSON.parse(document.getElementById("gallery").textContent);
const { directory, rooms, groups } = given;
const byId = (rows) => new Map(rows.map((row) => [row.id, row]));

// There is no server behind these pictures: what would be sent is shown.
globalThis.fetch = async (path, options) => {
  const told = JSON.parse(options?.body || "{}");
  if (told.action_id) notice(`${told.action_id}${told.value ? `: ${typeof told.value === "string" ? told.value : JSON.stringify(told.value)}` : ""}`);
  return new Response("{}", { headers: { "Content-Type": "application/json" } });
};

Object.assign(state, {
  team: directory.team, me: directory.me, url: directory.url, apps: directory.apps,
  users: byId(directory.users), groups: byId(directory.usergroups), channels: byId(directory.channels),
});
const app = directory.apps[0];
let count = 0;

/** The payload as the local Slack would hand it to its page: every block has an id, every message a time and an author. */
function message(entry) {
  const named = entry.payload.blocks.map((block, at) => ({ block_id: `b${at}`, ...block }));
  return {
    type: "message", ts: `${given.now}.${String((count += 1)).padStart(6, "0")}`, user: app.bot_user_id, bot_id: app.bot_id, app_id: app.id,
    text: entry.payload.text, blocks: named, is_ephemeral: entry.surface === "whisper",
  };
}

function context(view, surface) {
  const row = message({ payload: view, surface });
  const at = messageContext(row, { channel: { id: rooms.channel } });
  return [row.blocks, { ...at, surface }];
}

const asMessage = (entry) => h("div", { class: "message-list" }, messageRow(message(entry), { channel: { id: rooms.channel }, compact: false, inThread: true }));

function asModal({ payload: view }) {
  const [list, ctx] = context(view, "modal");
  const sends = view.submit || view.blocks.some((block) => block.type === "input");
  return h("section", { class: "modal", open: true, "aria-label": view.title.text },
    h("header", { class: "modal-head" }, personAvatar(app.bot_user_id), h("h2", {}, plainText(view.title)), h("span", { class: "icon", "aria-hidden": "true" }, "×")),
    h("div", { class: "modal-body" }, blocks(list, ctx)),
    h("footer", { class: "modal-foot" }, h("span", { class: "grow" }),
      h("button", { type: "button", class: "button" }, view.close ? plainText(view.close) : "Cancel"),
      sends ? h("button", { type: "button", class: "button primary" }, view.submit ? plainText(view.submit) : "Submit") : null));
}

function asHome({ payload: view }) {
  const [list, ctx] = context(view, "home");
  const tab = (name, here) => h("span", { class: "tab", "aria-selected": String(here) }, name);
  return h("section", { class: "home-frame", "aria-label": "Home" },
    h("header", { class: "channel-head" }, personAvatar(app.bot_user_id, { small: true }), h("b", {}, app.name), h("span", { class: "tabs" }, tab("Home", true), tab("Messages", false))),
    h("div", { class: "home" }, blocks(list, ctx)));
}

const FRAMES = { message: asMessage, whisper: asMessage, modal: asModal, home: asHome };

function payload(entry) {
  const box = h("details", { class: "payload" }, h("summary", {}, "Payload"));
  box.addEventListener("toggle", () => box.open && box.childElementCount < 2 && box.append(jsonTree(entry.payload, 1)));
  return box;
}

function picture(entry) {
  const drawn = h("div", { class: "drawn-entry" }, FRAMES[entry.surface](entry));
  return h("article", { class: `picture on-${entry.surface}`, id: entry.anchor, data: { words: entry.title.toLowerCase() } },
    h("h3", {}, h("a", { href: `#${entry.anchor}` }, entry.title)), drawn, payload(entry));
}

function section(group) {
  return h("section", { class: "gallery-group", id: group.key, "aria-label": group.title },
    h("h2", {}, group.title), h("p", { class: "faint" }, group.about), h("div", { class: "pictures" }, group.entries.map(picture)));
}

function index() {
  const rows = groups.map((group) => h("details", { class: "index-group" },
    h("summary", {}, h("a", { href: `#${group.key}` }, group.title), h("span", { class: "faint" }, ` ${group.entries.length}`)),
    h("ul", {}, group.entries.map((entry) => h("li", { data: { words: entry.title.toLowerCase() } }, h("a", { href: `#${entry.anchor}` }, entry.title))))));
  const field = h("input", { class: "input", type: "search", placeholder: "Filter", "aria-label": "Filter", on: { input: () => filter(field.value) } });
  return [h("h1", {}, "Gallery"), field, looks(), ...rows];
}

function looks() {
  const root = document.documentElement;
  const button = h("button", { type: "button", class: "button small", "aria-label": "Light or dark" }, "Light / dark");
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
  return button;
}

/** Shows what has all of these words in its name, and no group without any. */
function filter(typed) {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  for (const one of document.querySelectorAll(".picture, .index-group li")) one.hidden = !wanted.every((word) => one.dataset.words.includes(word));
  const empty = (box, inner) => { box.hidden = !box.querySelector(`${inner}:not([hidden])`); };
  for (const group of document.querySelectorAll(".gallery-group")) empty(group, ".picture");
  for (const group of document.querySelectorAll(".index-group")) {
    empty(group, "li");
    group.open = wanted.length > 0 && !group.hidden;
  }
}

// Links of the pictures lead into a workspace that is not there.
document.addEventListener("click", (event) => event.target.closest(".drawn-entry a") && event.preventDefault());
fill(document.getElementById("index"), index());
fill(document.getElementById("pictures"), groups.map(section));
if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
document.documentElement.dataset.drawn = String(count);
