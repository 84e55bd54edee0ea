// The threads that somebody follows, those with the newest reply first, wherever they are.

import { see } from "./control.js";
import { fill, h } from "./dom.js";
import { drawerButton, inspectorButton } from "./head.js";
import { messageRow } from "./messages/row.js";
import { go } from "./place.js";
import { channelName, state } from "./store.js";

export class ThreadsPane {
  constructor() {
    this.body = h("div", { class: "threads", tabindex: "0", role: "region", "aria-label": "Threads" });
    this.head = h("header", { class: "channel-head" });
    this.node = h("div", { class: "pane" }, this.head, this.body);
    this.refresh();
  }

  refresh() {
    fill(this.head, drawerButton(), h("h1", {}, "Threads"), h("span", { class: "grow" }), inspectorButton());
  }

  redraw() {
    this.load();
  }

  /** A reply somewhere may belong here. */
  heard(told) {
    if (told.row && !told.row.thread_ts) return;
    this.waiting ||= setTimeout(() => {
      this.waiting = null;
      if (this.node.isConnected) this.load();
    }, 150);
  }

  async load() {
    const { threads } = await see("threads", { user: state.me });
    fill(this.body, threads.length ? threads.map(one) : h("p", { class: "faint pad" }, "Threads that you began, replied in or are named in will stand here."));
  }
}

function one(row) {
  const channel = state.channels.get(row.channel), hidden = row.count - row.replies.length;
  const open = h("button", { type: "button", class: "link", on: { click: () => go({ c: row.channel, t: row.ts }) } }, row.unread ? `Open · ${row.unread} new` : "Open");
  return h("section", { class: `thread-card${row.unread ? " unread" : ""}` },
    h("header", {}, h("b", {}, `${channel?.kind === "im" ? "" : "# "}${channelName(channel)}`), open),
    row.parent && messageRow(row.parent, { channel, inThread: true }), hidden ? h("div", { class: "faint thread-more" }, `${hidden} more ${hidden === 1 ? "reply" : "replies"}`) : null,
    row.replies.map((reply) => messageRow(reply, { channel, inThread: true })));
}
