// One message: who, when, what, and what hangs on it. Drawn anew whenever it changes.

import { blocks } from "../blocks/index.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { mrkdwn } from "../mrkdwn.js";
import { avatar, emoji, personAvatar } from "../names.js";
import { address, towards } from "../place.js";
import { isStyled } from "../richtext.js";
import { state, userName } from "../store.js";
import { clock, whole, when } from "../time.js";
import { attachments } from "./attachments.js";
import { files } from "./files.js";
import { messageContext } from "./uses.js";

const QUIET = new Set(["channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name", "channel_archive", "channel_unarchive", "group_join", "group_leave"]);

/** Who wrote it, as it stands beside the message. */
export function author(message) {
  const app = state.apps.find((one) => one.bot_id === message.bot_id);
  const isApp = Boolean(message.bot_id || message.app_id);
  const name = message.username || (isApp && (message.bot_profile?.name || app?.name)) || userName(message.user) || "Unknown";
  return { name, isApp, id: message.user || message.bot_id || name };
}

/** True when a message follows the one before so closely that it needs no head of its own. */
export function follows(before, message) {
  if (!before || QUIET.has(before.subtype) || QUIET.has(message.subtype) || before.subtype === "tombstone") return false;
  if (message.is_ephemeral || before.is_ephemeral || message.subtype === "tombstone" || message.subtype === "thread_broadcast") return false;
  const one = author(before), other = author(message);
  return one.id === other.id && one.name === other.name && Number(message.ts) - Number(before.ts) < 300 && !message.pinned_to?.length;
}

/** The node of a message. `where`: {channel, compact, inThread}. */
export function messageRow(message, where) {
  const label = `${author(message).name}, ${clock(message.ts)}`;
  const look = ["message", where.compact && "compact", message.is_ephemeral && "whisper", message.pinned_to?.length && "pinned"].filter(Boolean).join(" ");
  const node = h("article", { class: look, tabindex: "-1", "aria-label": label, data: { ts: message.ts, thread: message.thread_ts || "", ...(message.user === state.me && !message.subtype ? { mine: "yes" } : {}) } });
  if (message.subtype === "tombstone") node.append(tombstone(message, where));
  else if (QUIET.has(message.subtype)) node.append(quiet(message));
  else node.append(gutter(message, where), h("div", { class: "message-main" }, marks(message), where.compact ? null : head(message, where), content(message, where)));
  return node;
}

function gutter(message, where) {
  if (where.compact) return h("span", { class: "gutter" }, time(message, where));
  const { name, isApp, id } = author(message);
  const known = state.users.get(message.user) && !message.username;
  return h("span", { class: "gutter" }, known ? personAvatar(message.user, { app: isApp }) : avatar(name, id, { app: isApp }));
}

function time(message, where) {
  const href = address(towards({ c: where.channel.id, m: message.ts, t: message.thread_ts && message.thread_ts !== message.ts ? message.thread_ts : null }));
  return h("a", { class: "time", href, title: whole(message.ts) }, clock(message.ts));
}

function head(message, where) {
  const { name, isApp } = author(message), user = state.users.get(message.user);
  return h("div", { class: "message-head" }, h("b", { class: "author", title: user?.real_name || name }, name),
    isApp && h("span", { class: "badge" }, "APP"), user?.is_stranger && h("span", { class: "badge" }, "EXTERNAL"), user?.deleted && h("span", { class: "badge" }, "DEACTIVATED"),
    time(message, where));
}

function marks(message) {
  if (message.is_ephemeral) return h("div", { class: "mark" }, icon("eye"), " Only visible to you · ", h("button", { type: "button", class: "link", data: { act: "dismiss" } }, "Dismiss"));
  if (message.pinned_to?.length) return h("div", { class: "mark" }, icon("pin"), " Pinned");
  if (message.subtype === "thread_broadcast") return h("div", { class: "mark" }, icon("reply"), " Replied to a thread");
  return null;
}

function content(message, where) {
  const edited = message.edited && h("span", { class: "edited", title: whole(message.edited.ts) }, "(edited)");
  return h("div", { class: "message-body", data: { body: "yes" } }, words(message, where), edited, attachments(message, where), files(message),
    reactions(message), where.inThread ? null : replies(message, where));
}

// What a person typed stands in `text` with its marks; the block beside it only says the same without them.
function words(message, where) {
  const typed = !message.bot_id && message.blocks?.length === 1 && message.blocks[0].type === "rich_text" && !isStyled(message.blocks[0]);
  const body = message.blocks?.length && !typed ? blocks(message.blocks, messageContext(message, where)) : message.text ? mrkdwn(message.text) : null;
  if (body && message.subtype === "me_message") body.classList.add("me-message");
  return body;
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "reactions" }, message.reactions.map((row) => h("button", {
    type: "button", class: `reaction${row.users.includes(state.me) ? " mine" : ""}`, "aria-pressed": String(row.users.includes(state.me)),
    title: `${row.users.map(userName).join(", ")} reacted with :${row.name}:`, data: { react: row.name },
  }, emoji(row.name), " ", h("span", { class: "count" }, row.count))), h("button", { type: "button", class: "reaction add", "aria-label": "Add reaction", data: { act: "react" } }, icon("smile")));
}

function replies(message, where) {
  if (!message.reply_count) return null;
  const fresh = state.threads.get(`${where.channel.id} ${message.ts}`)?.unread;
  const people = (message.reply_users || []).slice(0, 4).map((id) => personAvatar(id, { small: true }));
  return h("button", { type: "button", class: "replies", data: { act: "thread" } }, people,
    h("b", {}, `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`), fresh ? h("span", { class: "fresh" }, `${fresh} new`) : h("span", { class: "faint" }, `Last ${when(message.latest_reply)}`));
}

const quiet = (message) => h("div", { class: "quiet-line" }, h("span", { class: "gutter" }, "·"),
  h("span", {}, message.text.startsWith("<@") ? null : h("b", {}, `${author(message).name} `), mrkdwn(message.text)), h("span", { class: "time" }, clock(message.ts)));

const tombstone = (message, where) => h("div", { class: "tombstone" }, h("span", { class: "gutter" }, icon("trash")),
  h("div", {}, h("i", {}, "This message was deleted."), where.inThread ? null : replies(message, where)));
