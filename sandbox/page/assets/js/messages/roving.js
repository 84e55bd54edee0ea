// A list of messages is one stop of the Tab key: one message of it can be reached, and what stands inside only from there.

import { OPERABLE, controls, follow, trailOf } from "../focus.js";

const lists = new Set();

/** Makes `list`, which scrolls inside `box`, such a stop. */
export function roving(box, list) {
  const stop = { box, list, active: null };
  box.tabIndex = -1;
  lists.add(stop);
  // Whatever is drawn, at once or later, is no stop of its own, except in the message that has the focus.
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (node.nodeType === Node.ELEMENT_NODE) still(node, Boolean(node.closest(".message")?.contains(document.activeElement)));
    }
  }).observe(list, { childList: true, subtree: true });
  list.addEventListener("focusin", (event) => enter(stop, event.target.closest(".message")));
  list.addEventListener("focusout", (event) => {
    const from = event.target.closest(".message");
    if (from && !from.contains(event.relatedTarget)) still(from, false);
  });
  return stop;
}

function still(node, on) {
  const inside = [...node.querySelectorAll(OPERABLE)];
  for (const one of [node, ...inside]) if (one.matches(OPERABLE)) one.tabIndex = on ? 0 : -1;
}

function enter(stop, message) {
  if (!message) return;
  if (stop.active && stop.active !== message) stop.active.tabIndex = -1;
  stop.active = message;
  message.tabIndex = 0;
  still(message, true);
}

// The message the Tab key leads to: the one that was left, while it can be seen; else the lowest that can.
function choose(stop) {
  const { top, bottom } = stop.box.getBoundingClientRect(), edges = (one) => one.getBoundingClientRect();
  const seen = (one) => one?.isConnected && edges(one).bottom > top + 4 && edges(one).top < bottom - 4;
  if (stop.active && !stop.active.contains(document.activeElement)) {
    stop.active.tabIndex = -1;
    if (!seen(stop.active)) stop.active = null;
  }
  stop.active ||= [...stop.list.querySelectorAll(".message")].reverse().find(seen) || null;
  if (stop.active) stop.active.tabIndex = 0;
  stop.box.tabIndex = stop.active ? -1 : 0;
  return stop.active;
}

/** Draws, and leaves the focus on the message and the control that had it. */
export function holding(list, draw) {
  const trail = list.contains(document.activeElement) ? trailOf(document.activeElement) : null;
  draw();
  if (trail && !list.contains(document.activeElement) && !follow(trail)) list.parentElement.focus({ preventScroll: true });
}

const REGIONS = [
  ["#center .composer-field"], ["#center .messages"], ["#side .composer-field"], ["#side .messages"], ["#sidebar .room.here", "#sidebar .room"],
];

// F6 goes on to the next part of the page, with Shift to the one before.
function next(event) {
  const now = document.activeElement, stops = REGIONS.map((row) => row.map((one) => document.querySelector(one)).find((one) => one?.getClientRects().length));
  const at = REGIONS.findIndex((row, place) => stops[place]?.contains(now) || (row[0].startsWith("#sidebar") && now?.closest("#sidebar")));
  const step = event.shiftKey ? -1 : 1, count = REGIONS.length;
  for (let tried = 1, to = Math.max(at, 0) + (at < 0 ? 0 : step); tried <= count; tried += 1, to += step) {
    const found = stops[(to + count) % count];
    const list = found && [...lists].find((one) => one.box === found);
    const target = list ? choose(list) || found : found;
    if (target) return target.focus();
  }
  return undefined;
}

/** Wires the keys of the whole page. */
export function regions() {
  document.addEventListener("keydown", (event) => {
    if ((event.key !== "Tab" && event.key !== "F6") || document.querySelector("dialog[open]")) return;
    for (const stop of lists) {
      if (!stop.box.isConnected) lists.delete(stop);
      else choose(stop);
    }
    if (event.key !== "F6") return;
    event.preventDefault();
    next(event);
  }, true);
}

/** From a message into it: its first link or control, if it has one. */
export function into(message) {
  const first = controls(message).find((one) => one.closest(".message-body"));
  first?.focus();
  return Boolean(first);
}
