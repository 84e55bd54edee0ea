// Where the reader is, kept in the address, so that a reload, a bookmark and the back button lead to the same place.
// u: acting as, c: channel, m: message to show, t: open thread, a: app whose Home is open, f: open canvas, v: the list of threads,
// p: side panel, i: inspector.

import { emit, state } from "./store.js";

const KEYS = ["u", "c", "m", "t", "a", "f", "v", "p", "i"];
const NOTHING_OPEN = { m: null, t: null, a: null, f: null, v: null, p: null };

export function place() {
  const given = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(KEYS.map((key) => [key, given.get(key) || null]));
}

/** The address of a place. */
export function address(to) {
  const kept = KEYS.filter((key) => to[key]).map((key) => [key, to[key]]);
  return `/#${new URLSearchParams(kept)}`;
}

/** A place that differs from the present one; in another conversation nothing stands open that is not named. */
export const towards = (changes) => ({ ...place(), ...("c" in changes || "v" in changes ? NOTHING_OPEN : {}), ...changes });

/** Goes somewhere; what is not named stays, null takes a key away. `quiet` leaves no step for the back button. */
export function go(changes, { quiet = false } = {}) {
  const to = towards(changes);
  if (to.u) localStorage.setItem("acting-as", to.u);
  const where = address(to);
  if (where === location.pathname + location.hash) return emit("place", place());
  history[quiet ? "replaceState" : "pushState"](null, "", where);
  emit("place", place());
}

/** A message permalink as a place; null for any other address. */
export function fromPermalink(url) {
  const parsed = new URL(url, location.href);
  const found = parsed.pathname.match(/^\/archives\/(\w+)(?:\/p(\d+)(\d{6}))?$/);
  if (!found || (parsed.origin !== location.origin && parsed.origin !== state.url)) return null;
  const ts = found[2] ? `${found[2]}.${found[3]}` : null;
  const thread = parsed.searchParams.get("thread_ts");
  return { c: found[1], m: ts, t: thread };
}

/** Reads the address once at the start, and listens to the back button. */
export function begin() {
  const linked = fromPermalink(location.href);
  if (linked) history.replaceState(null, "", address({ u: localStorage.getItem("acting-as"), ...linked }));
  // A hash that somebody types is a "popstate" as well as a "hashchange": one is enough, two would load twice.
  addEventListener("popstate", () => emit("place", place()));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const to = fromPermalink(link.href);
    if (to) {
      event.preventDefault();
      go(to);
    }
  });
}
