// The head of a conversation: its name and topic, its tabs, and the buttons for what stands beside it.

import { h, iconButton } from "./dom.js";
import { toggleDrawer } from "./drawer.js";
import { icon } from "./icons.js";
import { inline } from "./inline.js";
import { go, place } from "./place.js";
import { appOf, channelName } from "./store.js";

/** In a narrow window: what opens the list of conversations. */
export const drawerButton = () => iconButton(icon("menu"), "Conversations", toggleDrawer, { class: "icon drawer-button", "aria-controls": "sidebar" });

export function heading(channel) {
  const sign = channel.kind === "public" ? "# " : channel.kind === "private" ? icon("lock") : "";
  const topic = channel.topic?.value;
  return [drawerButton(), h("div", { class: "channel-title" }, h("h1", {}, sign, channelName(channel)), topic ? h("div", { class: "topic", title: topic }, inline(topic)) : null)];
}

/** Home and Messages of an app's conversation; Messages and the canvases of a channel that has some. */
export function tabs(channel) {
  const app = appOf(channel), canvases = channel.properties?.tabs || [];
  const rows = [
    ...(app?.home_tab ? [["Home", { a: app.id }]] : []), ["Messages", {}],
    ...canvases.map((row) => [row.label || "Canvas", { f: row.data.file_id }]),
  ];
  if (rows.length < 2) return null;
  const { a, f } = place();
  return h("div", { class: "tabs", role: "tablist", "aria-label": "Parts of the conversation" }, rows.map(([name, to]) => {
    const here = (to.a || null) === a && (to.f || null) === f;
    return h("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(here), on: { click: () => go({ c: channel.id, ...to }) } }, name);
  }));
}

export function buttons(channel) {
  const beside = (which, sign, count, label) => h("button", { type: "button", class: "button small", title: label, "aria-label": `${count} ${label.toLowerCase()}`, "aria-pressed": String(place().p === which),
    on: { click: () => go({ p: place().p === which ? null : which, t: null }) } }, icon(sign), ` ${count}`);
  return [
    channel.pins.length ? beside("pins", "pin", channel.pins.length, "Pinned") : null,
    channel.kind === "im" ? null : beside("members", "people", channel.members.length, "Members"),
    inspectorButton(),
  ];
}

export function inspectorButton() {
  const open = Boolean(place().i);
  return h("button", { type: "button", class: "button small", "aria-label": "Inspector", "aria-pressed": String(open), data: { inspector: "toggle" }, on: { click: () => go({ i: open ? null : "1" }) } },
    icon("bug"), h("span", { class: "wide-only" }, " Inspector"));
}
