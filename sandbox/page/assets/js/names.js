// People, channels and groups as they appear inside text and beside it: mentions, avatars, emoji.

import { h } from "./dom.js";
import { address, towards } from "./place.js";
import { channelName, state } from "./store.js";
import { character } from "./emoji.js";

/** A square with initials in a colour that belongs to the id. */
export function avatar(name, id, { app = false, small = false } = {}) {
  let sum = 7;
  for (const sign of String(id)) sum = (sum * 31 + sign.codePointAt(0)) % 360;
  const words = String(name || "?").replace(/[^\p{L}\p{N} ]/gu, " ").trim().split(/\s+/);
  const letters = (words.length > 1 ? [words[0], words[words.length - 1]] : words).map((word) => [...word][0] || "?").join("");
  const box = h("span", { class: `avatar${app ? " app-avatar" : ""}${small ? " small" : ""}`, "aria-hidden": "true" }, letters.toUpperCase());
  box.style.setProperty("--hue", sum);
  return box;
}

export const personAvatar = (id, more) => {
  const user = state.users.get(id);
  return avatar(user?.real_name || user?.shown || id, id, { app: Boolean(user?.is_bot), ...more });
};

/** A mention of a person. */
export function mention(id, label) {
  const user = state.users.get(id);
  const mine = id === state.me;
  const title = user ? `${user.real_name}${user.title ? `, ${user.title}` : ""} (${user.tz})` : id;
  return h("span", { class: `mention${mine ? " me" : ""}`, title, data: { user: id } }, `@${user?.shown || label || id}`);
}

export function groupMention(id, label) {
  const group = state.groups.get(id);
  const mine = group?.users?.includes(state.me);
  return h("span", { class: `mention${mine ? " me" : ""}`, title: group?.name }, group ? `@${group.handle}` : label || id);
}

export const broadcast = (range) => h("span", { class: "mention me" }, `@${range}`);

/** A link to a channel; one that the reader cannot see is only named. */
export function channelLink(id, label) {
  const channel = state.channels.get(id);
  const name = `#${channel ? channelName(channel) : label || "private channel"}`;
  if (!channel) return h("span", { class: "mention" }, name);
  const href = address(towards({ c: id }));
  return h("a", { class: "mention", href }, name);
}

export function emoji(name) {
  const found = character(name);
  if (!found) return h("span", { class: "emoji-name" }, `:${name}:`);
  return h("span", { class: "emoji", role: "img", "aria-label": name, title: `:${name}:` }, found);
}
