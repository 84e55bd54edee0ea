// The middle of the page: the head of a conversation, its messages, and the field to write.

import { tryAct, act } from "./control.js";
import { composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { inline } from "./inline.js";
import { Timeline } from "./messages/timeline.js";
import { go, place } from "./place.js";
import { appOf, channelName, isMember, state } from "./store.js";

/** One conversation on the screen. */
export class ChannelPane {
  constructor(channel) {
    this.channel = channel;
    this.timeline = new Timeline(channel, { onRead: (ts) => this.read(ts) });
    this.head = h("header", { class: "channel-head" });
    this.below = h("div", { class: "below" });
    this.node = h("div", { class: "pane" }, this.head, this.timeline.node, this.below);
    this.told = "";
    this.refresh();
  }

  async load(around) {
    await this.timeline.load(around);
  }

  // Each ts is reported once; who only looks into a channel without being in it reads nothing.
  read(ts) {
    const channel = this.channel;
    if (ts <= this.told || !isMember(channel) || (!channel.unread && ts <= (channel.read || ""))) return;
    this.told = ts;
    act("read", { user: state.me, channel: channel.id, ts }).catch(() => {});
  }

  /** The workspace was loaded anew. */
  refresh() {
    this.channel = this.timeline.channel = state.channels.get(this.channel.id) || this.channel;
    const channel = this.channel, look = `${isMember(channel)} ${channel.is_archived}`, { i, a, p } = place();
    const head = JSON.stringify([channelName(channel), channel.topic, channel.pins.length, channel.members.length, i, a, p]);
    if (this.headed !== head) fill(this.head, title(channel), tabs(channel), h("span", { class: "grow" }), buttons(channel));
    this.headed = head;
    if (this.look !== look) fill(this.below, below(channel));
    this.look = look;
  }
}

function title(channel) {
  const sign = channel.kind === "public" ? "# " : channel.kind === "private" ? icon("lock") : "";
  const topic = channel.topic?.value;
  return h("div", { class: "channel-title" }, h("h1", {}, sign, channelName(channel)), topic ? h("div", { class: "topic", title: topic }, inline(topic)) : null);
}

/** Home and Messages, for the conversation with an app. */
export function tabs(channel) {
  const app = appOf(channel);
  if (!app?.home_tab) return null;
  const tab = (name, key) => h("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(Boolean(place().a) === Boolean(key)), on: { click: () => go({ a: key, t: null }) } }, name);
  return h("div", { class: "tabs", role: "tablist" }, tab("Home", app.id), tab("Messages", null));
}

function buttons(channel) {
  const pins = channel.pins.length ? h("button", { type: "button", class: "button small", title: "Pinned", "aria-label": `${channel.pins.length} pinned`, on: { click: () => go({ p: place().p === "pins" ? null : "pins", t: null }) } }, icon("pin"), ` ${channel.pins.length}`) : null;
  const direct = channel.kind === "im";
  const members = direct ? null : h("button", { type: "button", class: "button small", title: "Members", "aria-label": `${channel.members.length} members`, on: { click: () => go({ p: place().p === "members" ? null : "members", t: null }) } }, icon("people"), ` ${channel.members.length}`);
  const open = Boolean(place().i);
  return [pins, members, h("button", { type: "button", class: "button small", "aria-pressed": String(open), data: { inspector: "toggle" }, on: { click: () => go({ i: open ? null : "1" }) } }, icon("bug"), " Inspector")];
}

function below(channel) {
  if (channel.is_archived) return h("div", { class: "bar" }, "This channel is archived.");
  const app = appOf(channel);
  if (app && !app.messages_tab) return h("div", { class: "bar" }, `Sending messages to ${app.name} is turned off.`);
  if (isMember(channel)) return composer({ channel, label: `Message ${channel.kind === "im" || channel.kind === "mpim" ? "" : "#"}${channelName(channel)}` });
  return h("div", { class: "bar" }, h("span", {}, `You are looking at #${channel.name}.`),
    h("button", { type: "button", class: "button primary", on: { click: () => tryAct("join", { user: state.me, channel: channel.id }) } }, "Join channel"));
}
