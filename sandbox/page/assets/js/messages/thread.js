// The side panel with one thread: the parent, its replies, and a field to reply.

import { icon } from "../icons.js";
import { act, see } from "../control.js";
import { arrange, fill, h, iconButton } from "../dom.js";
import { composer } from "../composer.js";
import { go } from "../place.js";
import { channelName, isMember, state } from "../store.js";
import { Rows } from "./rows.js";
import { holding, roving } from "./roving.js";
import { tools } from "./tools.js";

export class Thread {
  constructor(channel, ts) {
    this.channel = channel;
    this.ts = ts;
    this.rows = new Rows();
    this.list = h("div", { class: "message-list" });
    this.box = h("div", { class: "messages", role: "log", "aria-label": "Thread" }, this.list);
    roving(this.box, this.list);
    tools(this.list, { find: (one) => this.rows.find(one), channel: () => this.channel });
    this.count = h("div", { class: "faint" });
    const head = h("header", { class: "side-head" }, h("div", {}, h("h2", {}, "Thread"), h("div", { class: "faint" }, channelName(channel))),
      iconButton(icon("close"), "Close thread", () => go({ t: null })));
    const write = isMember(channel) && !channel.is_archived ? composer({ channel, thread: ts, label: "Reply" }) : null;
    this.node = h("div", { class: "thread" }, head, this.box, write);
  }

  async load() {
    this.later = [];
    const got = await see("thread", { user: state.me, channel: this.channel.id, ts: this.ts });
    this.rows.clear();
    for (const row of [got.parent, ...got.messages]) if (row) this.rows.put(row);
    this.unreadFrom = got.messages.some((row) => row.ts > got.read && row.user !== state.me && !row.is_ephemeral) ? [got.read, this.ts].sort()[1] : null;
    this.draw();
    this.box.scrollTop = this.box.scrollHeight;
    this.read();
    const missed = this.later;
    this.later = null;
    missed.forEach((told) => this.hear(told));
  }

  /** Whoever has the thread before him has read it. */
  read() {
    const last = this.rows.list[this.rows.list.length - 1];
    if (!last || last.ts === this.ts || !isMember(this.channel) || document.visibilityState !== "visible") return;
    act("read", { user: state.me, channel: this.channel.id, thread: this.ts, ts: last.ts }).catch(() => {});
  }

  /** Lights a reply. */
  show(ts) {
    const node = this.rows.drawn.get(ts)?.node;
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.add("lit");
    setTimeout(() => node.classList.remove("lit"), 2500);
  }

  draw() {
    const nodes = this.rows.nodes(0, this.rows.list.length, { channel: this.channel, inThread: true, parent: this.ts, unreadFrom: this.unreadFrom });
    const count = this.rows.list.filter((row) => row.ts !== this.ts && !row.is_ephemeral).length;
    const parent = this.rows.list[0]?.ts === this.ts ? 1 : 0;
    fill(this.count, count ? `${count} ${count === 1 ? "reply" : "replies"}` : "");
    this.count.className = count ? "reply-count" : "";
    nodes.splice(parent, 0, this.count);
    holding(this.list, () => arrange(this.list, nodes));
  }

  hear(told) {
    if (this.later) return void this.later.push(told);
    const { ts, row } = told;
    if (row?.is_ephemeral && row.to !== state.me) return;
    const ours = ts === this.ts || row?.thread_ts === this.ts;
    const atEnd = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < 40;
    if (row && ours) this.rows.put(row);
    else if (row || this.rows.drop(ts) < 0) return;
    this.draw();
    if (atEnd || row?.user === state.me) this.box.scrollTop = this.box.scrollHeight;
    if (row && row.user !== state.me) this.read();
  }

  redraw() {
    this.rows.drawn.clear();
    this.draw();
  }
}
