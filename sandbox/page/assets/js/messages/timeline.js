// A conversation that may be very long: a stretch of it is loaded, a window of that is in the document, and both move
// with the reader while what he looks at stays where it is.

import { see } from "../control.js";
import { arrange, h } from "../dom.js";
import { notice } from "../notices.js";
import { go, place } from "../place.js";
import { isMember, me, state } from "../store.js";
import { Jump } from "./jump.js";
import { opening } from "./kept.js";
import { Rows } from "./rows.js";
import { holding, roving } from "./roving.js";
import { tools } from "./tools.js";

const SHOWN = 160, STEP = 24, PAGE = 120, NEAR = 900;

export class Timeline {
  constructor(channel, { onRead }) {
    this.channel = channel;
    this.onRead = onRead;
    this.rows = new Rows();
    this.low = this.high = 0;
    this.moreBefore = this.moreAfter = false;
    this.stuck = true;
    this.busy = false;
    this.id = `${state.me} ${channel.id} ${place().m || ""}`;
    this.back = opening(this, this.id);
    this.unreadFrom = channel.unread ? channel.read : null;
    this.list = h("div", { class: "message-list" });
    this.node = h("div", { class: "messages", role: "log", "aria-label": "Messages" }, this.list);
    roving(this.node, this.list);
    this.jump = new Jump(() => this.latest(), isMember(channel) ? channel.unread : 0);
    this.newest = channel.latest || "";
    this.node.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.node.addEventListener("keydown", (event) => this.key(event));
    tools(this.list, { find: (ts) => this.rows.find(ts), channel: () => this.channel });
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.list);
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.node);
  }

  key(event) {
    if (event.target !== this.node && !event.target.matches(".message")) return;
    if (event.key === "ArrowUp" && event.target === this.node) this.edge(-1);
    else if (event.key === "End") this.latest().then(() => this.edge(-1));
    else if (event.key === "Home") this.oldest().then(() => this.edge(0));
    else return;
    event.preventDefault();
  }

  /** The focus to the first message that is drawn (0), or to the last (-1). */
  edge(at) {
    [...this.list.querySelectorAll(".message")].at(at)?.focus({ preventScroll: true });
  }

  /** Loads the newest messages, or those around a ts; at first, after a reload, those where one was. */
  async load(wanted = null) {
    const back = this.back, around = back ? back.ts : wanted;
    this.back = null;
    this.later ||= [];
    const got = await see("window", { user: state.me, channel: this.channel.id, around, limit: PAGE });
    this.rows.clear();
    this.rows.list = got.messages;
    this.moreBefore = got.more_before;
    this.moreAfter = got.more_after;
    this.stuck = !around;
    this.high = this.rows.list.length;
    this.low = Math.max(0, this.high - SHOWN);
    this.draw();
    if (back?.ts) this.stand(back);
    else if (around) this.show(around);
    else this.toEnd();
    if (around) this.mark();
    this.caughtUp();
  }

  // What happened while a stretch was on its way is put in afterwards.
  caughtUp() {
    const missed = this.later || [];
    this.later = null;
    missed.forEach((told) => this.hear(told));
  }

  /** Scrolls to a message and lights it for a moment; false when it is not loaded. */
  show(ts) {
    const at = this.rows.place(ts);
    if (this.rows.list[at]?.ts !== ts) {
      if (ts !== "0") return false;
      this.node.scrollTop = 0;
      return true;
    }
    this.around(at);
    const node = this.rows.drawn.get(ts).node;
    node.scrollIntoView({ block: "center" });
    node.classList.add("lit");
    node.focus({ preventScroll: true });
    setTimeout(() => node.classList.remove("lit"), 2500);
    return true;
  }

  around(at) {
    this.low = Math.max(0, at - SHOWN / 2);
    this.high = Math.min(this.rows.list.length, at + SHOWN / 2);
    this.stuck = false;
    this.draw();
  }

  /** The message at the top of the window and how far from there it begins; at the end no message, so that one stays at the end. */
  where() {
    if (!this.node.isConnected || !this.rows.list.length) return null;
    if (this.stuck) return { key: this.id, ts: null, off: 0 };
    const top = this.node.getBoundingClientRect().top, first = this.first(top);
    return first ? { key: this.id, ts: first.dataset.ts, off: first.getBoundingClientRect().top - top } : null;
  }

  /** Puts the reader back where `where` said. */
  stand({ ts, off }) {
    const at = Math.min(this.rows.place(ts), this.rows.list.length - 1);
    if (at < 0) return;
    this.around(at);
    const node = this.rows.drawn.get(this.rows.list[at].ts).node;
    this.node.scrollTop += node.getBoundingClientRect().top - this.node.getBoundingClientRect().top - off;
  }

  first(top) {
    return [...this.list.children].find((one) => one.dataset.ts && one.getBoundingClientRect().bottom > top);
  }

  draw() {
    const start = { channel: this.channel, unreadFrom: this.unreadFrom };
    holding(this.list, () => arrange(this.list, this.rows.nodes(this.low, this.high, start)));
    this.rows.prune(this.low, this.high);
    this.list.classList.toggle("begins", this.low === 0 && !this.moreBefore);
  }

  /** Draws anew while the message at the top of the window stays where it is on the screen. */
  steady() {
    if (this.stuck) {
      this.draw();
      return this.toEnd();
    }
    const top = this.node.getBoundingClientRect().top;
    const anchor = this.first(top);
    const before = anchor?.getBoundingClientRect().top;
    this.draw();
    if (anchor?.isConnected) this.node.scrollTop += anchor.getBoundingClientRect().top - before;
    return undefined;
  }

  /** To the newest message, wherever the reader stands. */
  async latest() {
    go({ m: null }, { quiet: true });
    if (this.moreAfter) return this.load();
    this.stuck = true;
    this.high = this.rows.list.length;
    this.low = Math.max(0, this.high - SHOWN);
    return this.steady();
  }

  async oldest() {
    if (this.moreBefore) return this.load("0");
    this.around(0);
    this.node.scrollTop = 0;
    return undefined;
  }

  toEnd() {
    this.node.scrollTop = this.node.scrollHeight;
    this.jump.place(true, false);
    this.read();
  }

  read() {
    const last = this.rows.list[this.rows.list.length - 1];
    if (last && !this.moreAfter && document.visibilityState === "visible") this.onRead(last.ts);
  }

  // Whether the end is in sight, and how many pixels below it is.
  mark() {
    const { scrollTop, clientHeight, scrollHeight } = this.node, left = scrollHeight - scrollTop - clientHeight;
    const whole = !this.moreAfter && this.high === this.rows.list.length;
    this.stuck = left < 4 && whole;
    this.jump.place(this.stuck, !whole || left > clientHeight / 2);
    return left;
  }

  scrolled() {
    const left = this.mark();
    if (this.stuck) this.read();
    if (this.node.scrollTop < NEAR) this.up();
    else if (left < NEAR) this.down();
  }

  up() {
    if (this.low > 0) {
      this.low = Math.max(0, this.low - STEP);
      if (!this.stuck) this.high = Math.min(this.high, this.low + SHOWN);
      this.steady();
    } else if (this.moreBefore) this.more("before", this.rows.list[0]?.ts);
  }

  down() {
    if (this.high < this.rows.list.length) {
      this.high = Math.min(this.rows.list.length, this.high + STEP);
      this.low = Math.max(this.low, this.high - SHOWN);
      this.steady();
    } else if (this.moreAfter) this.more("after", this.rows.list[this.rows.list.length - 1]?.ts);
  }

  async more(way, ts) {
    if (this.busy || !ts) return;
    this.busy = true;
    this.later ||= [];
    try {
      const got = await see("window", { user: state.me, channel: this.channel.id, [way]: ts, limit: PAGE });
      const fresh = got.messages.filter((row) => !this.rows.find(row.ts));
      if (way === "before") {
        this.rows.list.unshift(...fresh);
        this.low += fresh.length;
        this.high += fresh.length;
        this.moreBefore = got.more_before;
        this.up();
      } else {
        this.rows.list.push(...fresh);
        this.moreAfter = got.more_after;
        this.down();
      }
    } catch (error) {
      notice(error.message, "bad");
    } finally {
      this.busy = false;
      this.caughtUp();
    }
  }

  /** A message of this conversation came, changed or went. */
  hear(told) {
    if (this.later) return this.later.push(told);
    const { ts, row } = told;
    const reply = row?.thread_ts && row.thread_ts !== ts && row.subtype !== "thread_broadcast";
    if (row?.is_ephemeral && row.to !== state.me) return undefined;
    if (!row || reply) return this.gone(this.rows.drop(ts));
    const outside = ts < (this.rows.list[0]?.ts || "") ? this.moreBefore : this.moreAfter && ts > this.rows.list[this.rows.list.length - 1].ts;
    if (ts > this.newest) {
      this.newest = ts;
      if (!this.stuck && row.user !== state.me) this.jump.more();
    }
    const own = row.user === me().id && ts > (this.rows.list[this.rows.list.length - 1]?.ts || "");
    if (outside) return own ? this.load() : undefined;
    const atEnd = this.high === this.rows.list.length, at = this.rows.put(row);
    if (at >= 0) {
      if (at < this.low) this.low += 1;
      if (own) this.stuck = true;
      // Who reads further up gets no more than fits below; the rest is drawn when he comes down.
      if (at < this.high || (atEnd && this.high - this.low < SHOWN * 2)) this.high += 1;
      if (this.stuck) this.high = this.rows.list.length;
    }
    if (this.stuck && this.high - this.low > SHOWN * 1.5) this.low = this.high - SHOWN;
    return this.soon();
  }

  gone(at) {
    if (at < 0) return;
    if (at < this.low) this.low -= 1;
    if (at < this.high) this.high -= 1;
    this.soon();
  }

  // Many changes in one moment are drawn once.
  soon() {
    this.asked ||= requestAnimationFrame(() => {
      this.asked = null;
      if (this.node.isConnected) this.steady();
    });
  }

  /** Threads, named as "channel ts", have other unread marks now. */
  remark(keys) {
    for (const key of keys) {
      const [channel, ts] = key.split(" ");
      if (channel === this.channel.id) this.rows.drawn.delete(ts);
    }
    this.soon();
  }

  redraw() {
    this.rows.drawn.clear();
    this.steady();
  }
}
