// The loaded stretch of a conversation: sorted rows, found by ts, with the nodes that were drawn for them.

import { h } from "../dom.js";
import { dayKey, dayName } from "../time.js";
import { follows, messageRow } from "./row.js";

export class Rows {
  constructor() {
    this.clear();
  }

  clear() {
    this.list = [];
    this.drawn = new Map();
    this.days = new Map();
  }

  /** Where a ts stands, or would stand. */
  place(ts) {
    let low = 0, high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.list[middle].ts < ts) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  find(ts) {
    const row = this.list[this.place(ts)];
    return row?.ts === ts ? row : null;
  }

  /** Puts a row in, or in the place of the older one; returns where it was inserted, -1 when it only replaced. */
  put(row) {
    const at = this.place(row.ts), there = this.list[at]?.ts === row.ts;
    this.list.splice(at, there ? 1 : 0, row);
    return there ? -1 : at;
  }

  /** Takes a row away; returns where it stood, -1 when it was not there. */
  drop(ts) {
    const at = this.place(ts);
    if (this.list[at]?.ts !== ts) return -1;
    this.list.splice(at, 1);
    this.drawn.delete(ts);
    return at;
  }

  /** The nodes from `low` to `high`: separators of days, messages, and the line where the unread ones begin. */
  nodes(low, high, { channel, inThread, parent, unreadFrom }) {
    const out = [];
    let lined = !unreadFrom;
    for (let at = low; at < high; at += 1) {
      const row = this.list[at], before = this.list[at - 1];
      const newDay = !before || dayKey(before.ts) !== dayKey(row.ts);
      if (newDay && !inThread) out.push(this.day(row.ts));
      const line = !lined && row.ts > unreadFrom;
      if (line) {
        lined = true;
        out.push(this.unread());
      }
      out.push(this.node(row, { channel, inThread, compact: !newDay && !line && before.ts !== parent && follows(before, row) }));
    }
    return out;
  }

  node(row, where) {
    const old = this.drawn.get(row.ts);
    if (old && old.row === row && old.compact === where.compact) return old.node;
    const node = messageRow(row, where);
    this.drawn.set(row.ts, { row, compact: where.compact, node });
    return node;
  }

  day(ts) {
    const key = dayKey(ts);
    if (!this.days.has(key)) this.days.set(key, h("div", { class: "day", role: "separator" }, h("span", {}, dayName(ts))));
    return this.days.get(key);
  }

  unread() {
    if (!this.days.has("unread")) this.days.set("unread", h("div", { class: "unread-line", role: "separator" }, h("span", {}, "New")));
    return this.days.get("unread");
  }

  /** Forgets nodes that are far from what is shown. */
  prune(low, high) {
    if (this.drawn.size < 1200) return;
    const keep = new Set(this.list.slice(low, high).map((row) => row.ts));
    for (const ts of this.drawn.keys()) if (!keep.has(ts)) this.drawn.delete(ts);
  }
}
