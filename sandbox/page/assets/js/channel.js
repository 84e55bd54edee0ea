// The middle of the page: the head of a conversation, its messages, and the field to write.

import { tryAct, act } from "./control.js";
import { composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { buttons, heading, tabs } from "./head.js";
import { Timeline } from "./messages/timeline.js";
import { place } from "./place.js";
import { appOf, channelName, isGuest, isMember, me, state } from "./store.js";

/** One conversation on the screen. */
export class ChannelPane {
  constructor(channel) {
    this.channel = channel;
    this.timeline = new Timeline(channel, { onRead: (ts) => this.read(ts) });
    this.head = h("header", { class: "channel-head" });
    this.below = h("div", { class: "below" });
    this.node = h("div", { class: "pane" }, this.head, this.timeline.node, this.timeline.jump.node, this.below);
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
    const head = JSON.stringify([channelName(channel), channel.topic, channel.pins.length, channel.members.length, channel.properties, i, a, p]);
    if (this.headed !== head) fill(this.head, heading(channel), tabs(channel), h("span", { class: "grow" }), buttons(channel));
    this.headed = head;
    if (this.look !== look) fill(this.below, below(channel));
    this.look = look;
  }
}

function below(channel) {
  if (channel.is_archived) return h("div", { class: "bar" }, "This channel is archived.");
  const app = appOf(channel);
  if (app && !app.messages_tab) return h("div", { class: "bar" }, `Sending messages to ${app.name} is turned off.`);
  if (isMember(channel)) return composer({ channel, label: `Message ${channel.kind === "im" || channel.kind === "mpim" ? "" : "#"}${channelName(channel)}` });
  if (isGuest(me())) return h("div", { class: "bar" }, "Guests write only in channels that they were invited to.");
  return h("div", { class: "bar" }, h("span", {}, `You are looking at #${channel.name}.`),
    h("button", { type: "button", class: "button primary", on: { click: () => tryAct("join", { user: state.me, channel: channel.id }) } }, "Join channel"));
}
