// What can be done with a message: one small bar that moves to whichever message is pointed at or has the focus.

import { tryAct } from "../control.js";
import { chooseEmoji } from "../dialogs.js";
import { fill, h, iconButton } from "../dom.js";
import { icon } from "../icons.js";
import { menu } from "../menu.js";
import { notice } from "../notices.js";
import { go, place } from "../place.js";
import { state } from "../store.js";
import { editor } from "./edit.js";
import { into } from "./roving.js";

/** Wires a box of messages. `find(ts)` gives the message, `channel()` the conversation they stand in. */
export function tools(box, { find, channel }) {
  const bar = h("div", { class: "tools", role: "toolbar", "aria-label": "Message actions" });
  const at = (event) => event.target.closest?.(".message");
  const show = (node) => {
    const message = node && find(node.dataset.ts);
    if (!message || message.subtype === "tombstone" || node.contains(bar)) return;
    fill(bar, buttons(message, node, channel));
    node.append(bar);
  };
  box.addEventListener("mouseover", (event) => show(at(event)));
  box.addEventListener("focusin", (event) => show(at(event)));
  box.addEventListener("mouseleave", () => bar.contains(document.activeElement) || bar.remove());
  box.addEventListener("keydown", (event) => {
    // The mouse may have taken the bar to another message.
    if (event.target.closest?.(".message")) show(at(event));
    walk(event, box, at(event), find, channel);
  });
  box.addEventListener("edit-message", (event) => editor(find(event.target.dataset.ts), event.target, channel()));
  box.addEventListener("click", (event) => {
    const node = at(event), message = node && find(node.dataset.ts);
    const button = event.target.closest?.("[data-react],[data-act]");
    if (!message || !button) return;
    if (button.dataset.react) react(message, channel(), button.dataset.react);
    else if (button.dataset.act === "thread") thread(message);
    else if (button.dataset.act === "dismiss") tryAct("dismiss", where(message, channel()));
    else if (button.dataset.act === "react") addReaction(message, channel());
  });
}

// Up and down move from message to message; letters are short cuts of the message that has the focus.
function walk(event, box, node, find, channel) {
  if (!node || event.ctrlKey || event.metaKey || event.altKey || !passes(event.target)) return;
  const all = [...box.querySelectorAll(".message")], at = all.indexOf(node);
  const to = { ArrowDown: all[at + 1], ArrowUp: all[at - 1] }[event.key];
  if (to) {
    event.preventDefault();
    to.focus();
  } else if (event.key === "Escape" && (event.target !== node || !(place().t || place().p))) {
    event.preventDefault();
    (event.target === node ? document.querySelector("#center .composer-field") : node)?.focus();
  } else if (event.key === "m" || (event.key === "Enter" && event.target === node)) {
    event.preventDefault();
    if (event.key === "m" || !into(node)) node.querySelector(".tools [aria-haspopup]")?.click();
  } else if (event.key === "t" || event.key === "r") {
    // Otherwise the letter would be typed into what opens.
    event.preventDefault();
    node.querySelector(`.tools [data-tool=${event.key === "t" ? "thread" : "react"}]`)?.click();
  }
  else if (event.key === "e" && node.dataset.mine) {
    event.preventDefault();
    editor(find(node.dataset.ts), node, channel());
  }
}

// A field, a player or a menu needs these keys itself.
const passes = (target) => target.matches(".message, a, button:not([aria-haspopup=listbox])") && !target.closest(".editor, .combobox");

const thread = (message) => go({ t: message.thread_ts || message.ts, p: null });
const where = (message, channel) => ({ user: state.me, channel: channel.id, ts: message.ts });

function react(message, channel, name) {
  const mine = message.reactions?.find((row) => row.name === name)?.users.includes(state.me);
  return tryAct(mine ? "unreact" : "react", { ...where(message, channel), name });
}

async function addReaction(message, channel) {
  const name = await chooseEmoji();
  if (name) await react(message, channel, name);
}

function buttons(message, node, channel) {
  if (message.is_ephemeral) return [];
  const more = iconButton(icon("more"), "More actions", () => menu(more, items(message, node, channel())), { "aria-haspopup": "menu" });
  return [
    iconButton(icon("check"), "React with white_check_mark", () => react(message, channel(), "white_check_mark")),
    iconButton(icon("smile"), "Add reaction", () => addReaction(message, channel()), { data: { tool: "react" } }),
    iconButton(icon("thread"), "Reply in thread", () => thread(message), { data: { tool: "thread" } }), more,
  ];
}

function items(message, node, channel) {
  const at = where(message, channel), mine = message.user === state.me, pinned = message.pinned_to?.length;
  const shortcuts = state.apps.filter((app) => !app.revoked).flatMap((app) => app.shortcuts.filter((row) => row.type === "message").map((row) => (
    { label: row.name, hint: app.name, run: () => tryAct("shortcut", { ...at, callback_id: row.callback_id }) })));
  const own = mine ? [
    { label: "Edit message", run: () => editor(message, node, channel) },
    { label: "Delete message", bad: true, run: () => tryAct("delete", at) },
  ] : [{ label: "Delete as an admin", bad: true, run: () => tryAct("delete", { ...at, as_admin: true }) }];
  return [
    { label: "Reply in thread", run: () => thread(message) },
    { label: "Add reaction…", run: () => addReaction(message, channel) },
    { label: pinned ? "Unpin from this conversation" : "Pin to this conversation", run: () => tryAct(pinned ? "unpin" : "pin", at) },
    { label: "Copy link", run: () => copy(message, channel) },
    { label: "Mark unread from here", run: () => tryAct("read", { ...at, ts: earlier(message.ts) }) },
    ...(shortcuts.length ? [null, ...shortcuts] : []), null, ...own,
  ];
}

function earlier(ts) {
  const [seconds, micros] = ts.split(".").map(Number);
  return micros ? `${seconds}.${String(micros - 1).padStart(6, "0")}` : `${seconds - 1}.999999`;
}

async function copy(message, channel) {
  const reply = message.thread_ts && message.thread_ts !== message.ts ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : "";
  const link = `${state.url || location.origin}/archives/${channel.id}/p${message.ts.replace(".", "")}${reply}`;
  await navigator.clipboard?.writeText(link).then(() => notice("Link copied"), () => notice(link));
}
