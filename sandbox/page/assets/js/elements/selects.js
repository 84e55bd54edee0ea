// All select menus, of one and of many, with options from the app, from its answers, or from the workspace.

import { confirmed } from "../dialogs.js";
import { plainText } from "../mrkdwn.js";
import { personAvatar } from "../names.js";
import { channelName, distinctName, state } from "../store.js";
import { combobox } from "../combobox.js";

const option = (one, group) => ({ key: one.value, value: one, label: plainText(one.text), words: one.text.text, hint: one.description && plainText(one.description), group });

function fixed(element) {
  if (!element.option_groups) return (element.options || []).map((one) => option(one));
  return element.option_groups.flatMap((group) => group.options.map((one) => option(one, group.label.text)));
}

const person = (user) => ({ key: user.id, value: user.id, label: distinctName(user), shown: distinctName(user), words: `${user.shown} ${user.real_name} ${user.name}`, hint: user.real_name, sign: () => personAvatar(user.id, { small: true }) });
const people = () => [...state.users.values()].filter((user) => !user.deleted).map(person);

function rooms(kinds, element) {
  const wanted = element.filter?.include || kinds;
  const fits = (channel) => {
    if (!wanted.includes(channel.kind) || channel.is_archived) return false;
    if (element.filter?.exclude_external_shared_channels && channel.is_ext_shared) return false;
    return !(element.filter?.exclude_bot_users && channel.kind === "im" && channel.members.some((id) => state.users.get(id)?.is_bot));
  };
  return [...state.channels.values()].filter(fits).map((channel) => {
    const sign = channel.kind === "private" ? "🔒" : channel.kind === "public" ? "#" : "@";
    return { key: channel.id, value: channel.id, label: `${sign} ${channelName(channel)}`, words: channelName(channel), shown: `${sign} ${channelName(channel)}` };
  });
}

const SOURCES = {
  static: fixed,
  users: people,
  channels: (element) => rooms(["public"], element),
  conversations: (element) => rooms(["public", "private", "im", "mpim"], element),
};
const KEYS = { static: "option", external: "option", users: "user", channels: "channel", conversations: "conversation" };

function known(source, all, value) {
  if (source === "static" || source === "external") return option(value);
  return all.find((one) => one.key === value) || { key: value, value, label: value, words: value };
}

function select(source, many) {
  return (element, ctx) => {
    const all = SOURCES[source] ? SOURCES[source](element) : [];
    const key = `selected_${KEYS[source]}${many ? "s" : ""}`;
    let now = ctx.entry[key] ?? null;
    if (now === null && element.default_to_current_conversation && ctx.current) now = many ? [ctx.current] : ctx.current;
    const chosen = (many ? now || [] : [now].filter((one) => one !== null)).map((value) => known(source, all, value));
    const box = combobox({
      many, chosen, id: ctx.labelled, placeholder: element.placeholder?.text || "Select an option", most: element.max_selected_items,
      label: ctx.labelled ? null : element.placeholder?.text || element.action_id, focus: element.focus_on_load,
      clearable: ctx.surface !== "message",
      find: source === "external" ? (typed) => asked(element, ctx, typed) : (typed) => filtered(all, typed),
      change: async (picked) => {
        if (element.confirm && !(await confirmed(element.confirm))) return false;
        const value = many ? picked.map((one) => one.value) : picked[0]?.value ?? null;
        ctx.quiet ? ctx.keep(value) : ctx.use(value);
        return true;
      },
    });
    // What stands there by default was never chosen, so the form has to be told.
    if (now !== null && (ctx.entry[key] ?? null) === null && ctx.quiet) ctx.keep(now);
    return box;
  };
}

const filtered = (all, typed) => all.filter((one) => one.words.toLowerCase().includes(typed.toLowerCase()));

async function asked(element, ctx, typed) {
  if (typed.length < (element.min_query_length ?? 3)) return [];
  return ctx.suggest(typed).then((rows) => rows.map((one) => option(one)));
}

export const ELEMENTS = {};
for (const source of ["static", "external", "users", "channels", "conversations"]) {
  ELEMENTS[`${source}_select`] = select(source, false);
  ELEMENTS[`multi_${source}_select`] = select(source, true);
}
