// The line one was reading when the page was loaded afresh, so that a reload leads back to it and not to the newest message.

const KEY = "reading";
let open = null;

// Going to an address is a wish to be there; only who reloads or comes back wants to be where he was.
const returned = () => performance.getEntriesByType("navigation")[0]?.type !== "navigate";
let before = returned() ? JSON.parse(sessionStorage.getItem(KEY) || "null") : null;

addEventListener("pagehide", () => {
  const where = open?.where();
  if (where) sessionStorage.setItem(KEY, JSON.stringify(where));
  else sessionStorage.removeItem(KEY);
});

/** Takes note of the conversation that opens now; returns where one was in it a moment ago, before a reload or a new start. */
export function opening(timeline, key) {
  const last = open?.where() || before;
  open = timeline;
  before = null;
  return last?.key === key ? last : null;
}
