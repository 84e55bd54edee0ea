// The list of conversations with their unread marks, and the switcher that makes one act as somebody else.

import { dialog } from "./dialogs.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";
import { personAvatar } from "./names.js";
import { globalShortcuts } from "./composer.js";
import { address, go, place, towards } from "./place.js";
import { appOf, channelName, emit, hasTwin, isGuest, isMember, me, on, state } from "./store.js";
import { lever, tryAct } from "./control.js";

export function sidebar() {
  const box = document.getElementById("sidebar");
  const draw = () => {
    const focus = document.activeElement?.closest?.("#sidebar") ? document.activeElement.dataset.key : null;
    const scroll = box.querySelector(".rooms")?.scrollTop || 0;
    fill(box, top(), h("div", { class: "rooms" }, sections()), foot());
    box.querySelector(".rooms").scrollTop = scroll;
    if (focus) box.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
    const called = [...state.channels.values(), ...state.threads.values()].reduce((sum, one) => sum + one.called, 0);
    document.title = `${called ? `(${called}) ` : ""}${place().v ? "Threads" : channelName(state.channels.get(place().c)) || "Local Slack"} · ${state.team.name}`;
  };
  // A row must not be replaced under a finger that is just pressing it.
  let held = false, asked = null;
  const soon = () => {
    asked ||= requestAnimationFrame(() => {
      asked = null;
      if (!held) draw();
    });
  };
  box.addEventListener("pointerdown", () => { held = true; });
  addEventListener("pointerup", () => setTimeout(() => { if (held) { held = false; soon(); } }));
  for (const what of ["workspace", "unread", "place"]) on(what, soon);
}

function top() {
  const shortcuts = globalShortcuts();
  const button = h("button", { type: "button", class: "team", "aria-haspopup": "menu", data: { key: "team" } }, h("b", {}, state.team.name), h("span", { "aria-hidden": "true" }, " ▾"));
  button.addEventListener("click", () => menu(button, [
    { label: "New direct message…", run: newMessage },
    { label: "New channel…", run: newChannel },
    ...(shortcuts.length ? [null, ...shortcuts] : []),
    null, { label: place().i ? "Close the inspector" : "Open the inspector", run: () => go({ i: place().i ? null : "1" }) },
    { label: "Reset the workspace", bad: true, run: () => lever("reset") },
  ]));
  return h("div", { class: "team-box" }, button);
}

const unread = (channel) => isMember(channel) && channel.unread > 0;

function sections() {
  const all = [...state.channels.values()], byName = (one, other) => channelName(one).localeCompare(channelName(other));
  const rooms = all.filter((one) => ["public", "private"].includes(one.kind) && !one.is_archived);
  const mine = rooms.filter(isMember).sort(byName), others = rooms.filter((one) => !isMember(one)).sort(byName);
  const archived = all.filter((one) => one.is_archived && isMember(one));
  const direct = all.filter((one) => (one.kind === "im" || one.kind === "mpim") && !appOf(one)).sort((one, other) => String(other.latest || "").localeCompare(one.latest || ""));
  return [
    section("", [threads()]),
    section("Channels", mine.map(room)),
    others.length && !isGuest(me()) ? section("Channels you are not in", others.map(room)) : null,
    archived.length ? section("Archived", archived.map(room)) : null,
    section("Direct messages", [...direct.map(room), h("button", { type: "button", class: "room add", data: { key: "new-dm" }, on: { click: newMessage } }, h("span", { class: "sign" }, "+"), "New message")]),
    section("Apps", state.apps.map(app)),
  ];
}

// Threads that go on elsewhere are told here; a channel only counts what stands in it.
function threads() {
  const fresh = [...state.threads.values()], called = fresh.reduce((sum, one) => sum + one.called, 0), here = Boolean(place().v);
  return h("a", { class: `room${here ? " here" : ""}${fresh.length ? " unread" : ""}`, href: address(towards({ v: "threads" })), "aria-current": here ? "page" : null, data: { key: "threads" } },
    h("span", { class: "sign", "aria-hidden": "true" }, icon("thread")), h("span", { class: "room-name" }, "Threads"), called ? badge(called) : null);
}

const badge = (count) => h("span", { class: "count-badge", "aria-label": `${count} unread` }, count > 98 ? "99+" : count);

const section = (name, rows) => h("section", { "aria-label": name || "Threads" }, name ? h("h2", {}, name) : null, h("ul", {}, rows.map((row) => h("li", {}, row))));

function room(channel) {
  const sign = { public: "#", private: icon("lock"), mpim: icon("people") }[channel.kind];
  const other = channel.kind === "im" && (channel.members.find((id) => id !== state.me) || state.me);
  return roomLink({ key: channel.id, href: address(towards({ c: channel.id })), channel, here: place().c === channel.id && !place().v,
    sign: other ? personAvatar(other, { small: true }) : sign, name: channelName(channel) });
}

function app(one) {
  const channel = [...state.channels.values()].find((row) => appOf(row)?.id === one.id);
  const link = roomLink({ key: one.id, channel, here: Boolean(channel && place().c === channel.id && !place().v), sign: personAvatar(one.bot_user_id, { small: true }), name: one.name,
    href: channel ? address(towards({ c: channel.id })) : "#",
    hint: { nobody: "not connected", http: "by HTTP" }[one.delivers] });
  if (!channel) link.addEventListener("click", (event) => { event.preventDefault(); openDirect(one.bot_user_id); });
  return link;
}

// Who chooses the conversation that is open already wants its newest message.
const again = (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  emit("latest");
};

function roomLink({ key, href, channel, here, sign, name, hint }) {
  const is = channel && unread(channel);
  return h("a", { class: `room${here ? " here" : ""}${is ? " unread" : ""}`, href, "aria-current": here ? "page" : null, data: { key }, on: here ? { click: again } : {} },
    h("span", { class: "sign", "aria-hidden": "true" }, sign), h("span", { class: "room-name" }, name), hint && h("span", { class: "faint" }, hint),
    is && channel.called ? badge(channel.called) : null);
}

function foot() {
  const button = h("button", { type: "button", class: "switcher", "aria-label": `Acting as ${me().shown}. Switch user`, data: { key: "switcher" }, on: { click: switchUser } },
    personAvatar(state.me), h("span", { class: "switcher-words" }, h("span", { class: "faint" }, "Acting as"), h("b", {}, me().shown)), h("span", { "aria-hidden": "true" }, icon("switch")));
  return h("div", { class: "foot" }, button);
}

function people(title, choose, close, but = null) {
  const list = h("div", { class: "people", role: "listbox", "aria-label": title });
  const draw = (typed) => {
    const fits = [...state.users.values()].filter((user) => !user.deleted && (but !== "bots" || !user.is_bot) && `${user.shown} ${user.real_name} ${user.name}`.toLowerCase().includes(typed.toLowerCase()));
    fill(list, fits.map((user) => h("button", { type: "button", class: `option${user.id === state.me ? " lit" : ""}`, role: "option", "aria-selected": String(user.id === state.me), data: { user: user.name }, on: { click: () => { close(user.id); choose(user.id); } } },
      personAvatar(user.id), h("span", { class: "option-words" }, h("b", {}, user.shown), h("span", { class: "hint" }, [user.real_name !== user.shown && user.real_name, hasTwin(user) && `@${user.name}`, user.title].filter(Boolean).join(" · "))),
      user.is_restricted ? h("span", { class: "badge" }, "GUEST") : null, user.is_stranger ? h("span", { class: "badge" }, "EXTERNAL") : null, h("span", { class: "hint" }, user.tz))));
  };
  const field = h("input", { type: "search", class: "input", placeholder: "Search people", "aria-label": "Search people" });
  field.addEventListener("input", () => draw(field.value));
  field.addEventListener("keydown", (event) => {
    // Otherwise the same key would press what gets the focus back.
    if (event.key === "Enter" || event.key === "ArrowDown") event.preventDefault();
    if (event.key === "Enter") list.querySelector("button")?.click();
    if (event.key === "ArrowDown") list.querySelector("button")?.focus();
  });
  list.addEventListener("keydown", (event) => {
    const to = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (to) { event.preventDefault(); document.activeElement[to]?.focus(); }
  });
  draw("");
  return h("div", { class: "dialog-body" }, h("h2", {}, title), field, list);
}

export const switchUser = () => dialog("Switch user", (close) => people("Act as", (id) => go({ u: id, t: null, m: null, a: null, f: null, v: null }), close, "bots"));
const newMessage = () => dialog("New message", (close) => people("Write to", openDirect, close));

/** Opens the conversation with somebody, made when there is none yet. */
export async function openDirect(id) {
  const done = await tryAct("direct", { user: state.me, with: id });
  if (done) go({ c: done.channel });
}

const newChannel = () => dialog("New channel", (close) => {
  const name = h("input", { class: "input", "aria-label": "Name", placeholder: "name", autofocus: true }), hidden = h("input", { type: "checkbox" });
  const make = async () => {
    const done = name.value && (await tryAct("create_channel", { user: state.me, name: name.value.trim().toLowerCase().replace(/[^\w-]+/g, "-"), private: hidden.checked }));
    if (done) { close(); go({ c: done.channel }); }
  };
  name.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    make();
  });
  return h("div", { class: "dialog-body" }, h("h2", {}, "New channel"), name, h("label", { class: "choice" }, hidden, h("span", {}, "Private")),
    h("div", { class: "dialog-buttons" }, h("button", { type: "button", class: "button primary", on: { click: make } }, "Create")));
});
