// Puts the page together: who acts, which conversation is in the middle, what stands beside it, and what changes.

import { ChannelPane } from "./channel.js";
import { CanvasPane } from "./canvas.js";
import { closeMenu } from "./menu.js";
import { fill, h } from "./dom.js";
import { drawer } from "./drawer.js";
import { back, remember } from "./focus.js";
import { HomePane } from "./home.js";
import { inspector, showInspector } from "./inspector.js";
import { listen } from "./live.js";
import { modals } from "./modals.js";
import { regions } from "./messages/roving.js";
import { Thread } from "./messages/thread.js";
import { members, pins } from "./panels.js";
import { notice } from "./notices.js";
import { begin, go, place } from "./place.js";
import { sidebar, switchUser } from "./sidebar.js";
import { appOf, isMember, load, on, refresh, state } from "./store.js";
import { see } from "./control.js";
import { ThreadsPane } from "./threads.js";

const center = document.getElementById("center"), side = document.getElementById("side");
let pane = null, beside = null, shown = "", sideShown = "", turn = 0;

async function first() {
  const { users } = await see("people");
  const people = users.filter((user) => !user.deleted && !user.is_bot);
  const wanted = [place().u, localStorage.getItem("acting-as")];
  const found = wanted.find((id) => people.some((user) => user.id === id)) || people[0]?.id;
  if (!found) return fill(center, h("p", { class: "pad" }, "There is nobody in this workspace to act as."));
  return go({ u: found }, { quiet: true });
}

async function arrive() {
  const mine = (turn += 1), to = place();
  closeMenu();
  try {
    if (!to.u) return await first();
    if (to.u !== state.me) await load(to.u);
    if (mine !== turn) return undefined;
    if (to.c && !state.channels.has(to.c)) await load(to.u);
    const channel = state.channels.get(to.c) || (to.c ? null : usual());
    if (!channel && to.c) return lost(to);
    if (!to.c && channel) return go({ ...to, c: channel.id }, { quiet: true });
    showInspector(Boolean(to.i));
    await middle(channel, to);
    if (mine === turn) await beyond(channel, to);
  } catch (error) {
    notice(error.message, "bad");
  }
  return undefined;
}

const usual = () => {
  const all = [...state.channels.values()];
  return all.find((one) => isMember(one) && one.unread && !one.is_archived) || all.find((one) => isMember(one) && one.kind === "public" && !one.is_archived) || all[0];
};

// Somebody else may not see the conversation that was open; then the usual one is.
function lost(to) {
  const channel = usual();
  if (channel && channel.id !== to.c) go({ c: channel.id }, { quiet: true });
  else fill(center, h("p", { class: "pad" }, "This conversation cannot be seen by this user."));
}

async function middle(channel, to) {
  const home = to.a && appOf(channel)?.home_tab;
  const key = [to.u, to.v || channel.id, home ? "home" : "", to.f].join(" ");
  if (key !== shown) {
    shown = key;
    pane = to.v ? new ThreadsPane() : to.f ? new CanvasPane(channel, to.f) : home ? new HomePane(channel) : new ChannelPane(channel);
    fill(center, pane.node);
    const busy = document.activeElement, chosen = Boolean(busy?.closest("#sidebar"));
    const top = to.m && to.t && to.m !== to.t ? to.t : to.m;
    center.dataset.ready = "no";
    const mine = pane;
    await pane.load(top);
    // Who has gone on to something else in the meantime keeps the focus there.
    const now = document.activeElement, free = now === busy || now === document.body || (chosen && now.closest("#sidebar"));
    if (mine === pane && free && !to.m) write();
    center.dataset.ready = "yes";
  } else {
    pane.refresh();
    if (to.m && pane.timeline && !(to.t && to.t !== to.m) && !pane.timeline.show(to.m)) await pane.load(to.m);
  }
}

// With a finger the keyboard of the screen would cover what one came to read.
function write() {
  if (!matchMedia("(pointer: coarse)").matches && !document.querySelector("dialog[open]")) pane.node.querySelector(".composer-field")?.focus();
}

function latest() {
  const { t, p, a, f, v } = place();
  if (t || p || a || f || v) go({ c: place().c });
  pane?.timeline?.latest();
  write();
}

async function beyond(channel, to) {
  const key = to.t ? `${to.u} ${channel.id} ${to.t}` : to.p ? `${to.p} ${channel.id} ${channel.pins.length} ${channel.members.length}` : "";
  side.hidden = !key;
  if (key !== sideShown) {
    sideShown = key;
    beside = to.t ? new Thread(channel, to.t) : null;
    const held = side.contains(document.activeElement);
    fill(side, beside ? beside.node : to.p === "pins" ? pins(channel) : to.p === "members" ? members(channel) : null);
    if (held && !key) back();
    if (beside) {
      await beside.load();
      if (!to.m) beside.node.querySelector(".composer-field")?.focus();
    }
  }
  if (beside && to.m && to.m !== to.t) beside.show(to.m);
}

function hear(told) {
  pane?.heard?.(told);
  if (pane?.channel?.id === told.channel) pane.timeline?.hear(told);
  if (beside?.channel.id === told.channel) beside.hear(told);
}

function startAgain() {
  shown = sideShown = "";
  state.me = null;
  arrive();
}

sidebar();
drawer();
inspector();
modals();
begin();
remember();
regions();
on("latest", latest);
on("place", arrive);
on("message", hear);
on("view", (told) => pane?.hearView?.(told));
on("reset", startAgain);
on("marks", (keys) => pane?.timeline?.remark(keys));
on("canvas", (told) => { refresh(); pane?.hearCanvas?.(told); });
on("read", (told) => {
  const channel = told.user === state.me && state.channels.get(told.channel);
  if (channel) refresh();
});
on("names", () => { pane?.redraw?.(); pane?.timeline?.redraw(); beside?.redraw(); });
on("workspace", () => { pane?.refresh(); if (state.me && place().p) arrive(); });
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "k") {
    event.preventDefault();
    switchUser();
  } else if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]") && (place().t || place().p)) go({ t: null, p: null });
});
listen();
arrive();
