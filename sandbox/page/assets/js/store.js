// What the page knows of the workspace, and who wants to hear when it changes.

import { see } from "./control.js";

export const state = {
  team: { name: "", domain: "" }, me: null, url: "", users: new Map(), names: new Map(), groups: new Map(), channels: new Map(), apps: [], threads: new Map(),
};
const listeners = new Map();

export function on(what, fn) {
  if (!listeners.has(what)) listeners.set(what, new Set());
  listeners.get(what).add(fn);
  return () => listeners.get(what).delete(fn);
}

export function emit(what, data) {
  for (const fn of listeners.get(what) || []) fn(data);
}

const nameKey = (user) => user.shown.trim().toLowerCase();
let turn = 0, newest = null, wanted = null;

/** Loads the frame of the workspace as one user sees it; an answer that another load has overtaken is dropped. */
export function load(user) {
  wanted = user;
  newest = take(user, (turn += 1));
  return newest;
}

async function take(user, mine) {
  const got = await see("workspace", { user });
  if (mine !== turn) return newest;
  const before = JSON.stringify([...state.users.values()]);
  state.team = got.team;
  state.me = got.me;
  state.url = got.url;
  state.apps = got.apps;
  state.users = new Map(got.users.map((row) => [row.id, row]));
  state.names = new Map();
  for (const row of got.users) if (!row.deleted) state.names.set(nameKey(row), (state.names.get(nameKey(row)) || 0) + 1);
  state.groups = new Map(got.usergroups.map((row) => [row.id, row]));
  state.channels = new Map(got.channels.map((row) => [row.id, row]));
  const marks = state.threads;
  state.threads = new Map(got.threads.map((row) => [`${row.channel} ${row.ts}`, row]));
  if (before !== JSON.stringify([...state.users.values()])) emit("names");
  emit("workspace");
  const changed = [...new Set([...marks.keys(), ...state.threads.keys()])].filter((key) => marks.get(key)?.unread !== state.threads.get(key)?.unread);
  if (changed.length) emit("marks", changed);
  return null;
}

let waiting = null;

/** Loads it again soon; many changes in a row cause one load. */
export function refresh() {
  waiting ||= setTimeout(() => {
    waiting = null;
    if (wanted) load(wanted).catch(() => {});
  }, 60);
}

export const me = () => state.users.get(state.me) || { id: state.me, tz: "Etc/UTC", shown: "", name: "" };
/** True when somebody else bears the same name. */
export const hasTwin = (user) => state.names.get(nameKey(user)) > 1;
/** What a person is called where two of one name must be told apart. */
export const distinctName = (user) => (hasTwin(user) ? `${user.shown} (@${user.name})` : user.shown);
export const userName = (id) => state.users.get(id)?.shown || id;
export const isGuest = (user) => Boolean(user.is_restricted || user.is_ultra_restricted);
export const isMember = (channel) => channel && channel.members.includes(state.me);

/** The app that stands behind a direct conversation, if one does. */
export function appOf(channel) {
  if (!channel || channel.kind !== "im") return null;
  const other = channel.members.find((id) => id !== state.me);
  return state.apps.find((app) => app.bot_user_id === other) || null;
}

/** What a conversation is called on the screen. */
export function channelName(channel) {
  if (!channel) return "";
  const person = (id) => (state.users.has(id) ? distinctName(state.users.get(id)) : id);
  if (channel.kind === "im") return person(channel.members.find((id) => id !== state.me) || state.me);
  if (channel.kind === "mpim") return channel.members.filter((id) => id !== state.me).map(person).join(", ");
  return channel.name;
}
