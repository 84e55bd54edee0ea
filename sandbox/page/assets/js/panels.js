// The smaller contents of the side panel: what is pinned, and who is here.

import { icon } from "./icons.js";
import { see, tryAct } from "./control.js";
import { fill, h, iconButton } from "./dom.js";
import { messageRow } from "./messages/row.js";
import { personAvatar } from "./names.js";
import { go } from "./place.js";
import { openDirect } from "./sidebar.js";
import { isMember, state } from "./store.js";
import { format } from "./time.js";

const panel = (name, body) => h("div", { class: "panel" }, h("header", { class: "side-head" }, h("h2", {}, name), iconButton(icon("close"), "Close", () => go({ p: null }))), body);

export function pins(channel) {
  const box = h("div", { class: "panel-body" });
  const draw = async () => {
    const rows = await Promise.all(channel.pins.map((pin) => see("message", { user: state.me, channel: channel.id, ts: pin.ts })));
    fill(box, rows.map(({ message }) => message && h("div", { class: "pin" }, messageRow(message, { channel, inThread: true }),
      h("button", { type: "button", class: "link", on: { click: () => go({ m: message.ts }) } }, "Show in the conversation"))), rows.length ? null : "Nothing is pinned here.");
  };
  draw();
  return panel("Pinned", box);
}

async function addCanvas(channel) {
  const done = await tryAct("create_canvas", { user: state.me, channel: channel.id, title: channel.name });
  if (done) go({ c: channel.id, f: done.canvas });
}

export function members(channel) {
  const rows = channel.members.map((id) => state.users.get(id)).filter(Boolean);
  const leave = isMember(channel) && channel.kind !== "mpim" ? h("button", { type: "button", class: "button small danger", on: { click: () => tryAct("leave", { user: state.me, channel: channel.id }) } }, "Leave channel") : null;
  const own = channel.properties?.tabs?.some((row) => row.type === "channel_canvas");
  const paper = !own && isMember(channel) && !channel.is_archived ? h("button", { type: "button", class: "button small", on: { click: () => addCanvas(channel) } }, "Add a canvas") : null;
  const time = (user) => { try { return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: user.tz }).format(); } catch { return ""; } };
  return panel(`${rows.length} members`, h("div", { class: "panel-body" },
    channel.purpose?.value && h("p", { class: "faint" }, channel.purpose.value), channel.created ? h("p", { class: "faint" }, `Created ${format(channel.created, { dateStyle: "long" })}`) : null,
    rows.map((user) => h("button", { type: "button", class: "option", on: { click: () => user.id !== state.me && openDirect(user.id) } }, personAvatar(user.id),
      h("span", { class: "option-words" }, h("b", {}, user.shown), h("span", { class: "hint" }, [user.real_name, user.title].filter(Boolean).join(" · "))), h("span", { class: "hint" }, time(user)))), h("div", { class: "actions" }, paper, leave)));
}
