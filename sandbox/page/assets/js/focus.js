// Where the focus was, also when what had it has been drawn anew since: after a modal, a dialog or a thread closes it goes back there.

const FLOATING = "dialog, .popup, .notices", KEPT = 6;
let trails = [];

/** How to find what has the focus again: the node itself, else its message and which control of it. */
export function trailOf(node) {
  const message = node?.closest?.(".message"), list = message?.closest(".messages");
  return {
    node, ts: message?.dataset.ts, beside: Boolean(list?.closest("#side")),
    inside: node !== message, at: message ? controls(message).indexOf(node) : -1,
    action: node?.closest?.("[data-action]")?.dataset.action, key: node?.dataset?.key,
  };
}

export const OPERABLE = "a[href], button, input:not([type=hidden]), textarea, select, video, audio";

/** What can be used inside a message, without the bar of tools that wanders. */
export function controls(message) {
  return [...message.querySelectorAll(OPERABLE)].filter((one) => !one.closest(".tools, .editor"));
}

const takes = (node) => {
  if (!node?.isConnected || node === document.body) return false;
  node.focus({ preventScroll: true });
  return document.activeElement === node;
};

/** Gives the focus back along a trail; false when nothing is left of it. */
export function follow(trail) {
  if (takes(trail.node)) return true;
  if (trail.key) return takes(document.querySelector(`[data-key="${CSS.escape(trail.key)}"]`));
  const message = trail.ts && document.querySelector(`${trail.beside ? "#side" : "#center"} .message[data-ts="${CSS.escape(trail.ts)}"]`);
  if (!message) return false;
  const same = trail.action && message.querySelector(`[data-action="${CSS.escape(trail.action)}"]`);
  const control = same?.matches(OPERABLE) ? same : same?.querySelector(OPERABLE);
  return takes(control) || (trail.inside && takes(controls(message)[trail.at])) || takes(message);
}

/** Back to where the focus was last, or to the field to write in; nothing happens while something else has it. */
export function back() {
  const now = document.activeElement;
  if (now && now !== document.body && !now.closest("dialog:not([open])")) return;
  if (!trails.some(follow)) takes(document.querySelector(".pane .composer-field"));
}

/** Remembers from now on. */
export function remember() {
  document.addEventListener("focusin", (event) => {
    if (event.target.closest(FLOATING)) return;
    trails = [trailOf(event.target), ...trails.filter((one) => one.node !== event.target)].slice(0, KEPT);
  });
}
