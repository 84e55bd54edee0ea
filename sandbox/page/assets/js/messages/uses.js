// What the elements of a message do when somebody uses them.

import { act, tryAct } from "../control.js";
import { notice } from "../notices.js";
import { state } from "../store.js";

// What somebody chose in a message stays chosen when it is drawn again, as long as the page is open.
const chosen = new Map();

/** The context of the blocks of one message. */
export function messageContext(message, where) {
  const key = `${state.me} ${where.channel.id} ${message.ts}`;
  const at = { user: state.me, channel: where.channel.id, ts: message.ts };
  return {
    surface: "message", current: where.channel.id, values: values(message, chosen.get(key)), errors: {},
    press: (block, element, value) => {
      remember(key, block, element, value);
      return tryAct("press", { ...at, action_id: element.action_id, block_id: block.block_id, value });
    },
    keep: (block, element, value) => remember(key, block, element, value),
    suggest: async (block, element, value) => {
      const got = await act("suggest", { ...at, action_id: element.action_id, block_id: block.block_id, value }).catch((error) => notice(error.message, "bad"));
      return got?.options || [];
    },
  };
}

function remember(key, block, element, value) {
  const entry = entryOf(element, value);
  if (!entry) return;
  const kept = chosen.get(key) || {};
  kept[block.block_id] = { ...kept[block.block_id], [element.action_id]: entry };
  chosen.set(key, kept);
}

const ONE = { static_select: "selected_option", external_select: "selected_option", radio_buttons: "selected_option", users_select: "selected_user", conversations_select: "selected_conversation", channels_select: "selected_channel", datepicker: "selected_date", timepicker: "selected_time", datetimepicker: "selected_date_time", checkboxes: "selected_options", file_input: "files", rich_text_input: "rich_text_value" };

/** The entry of state.values that a value makes; null for what keeps none. */
export function entryOf(element, value) {
  const kind = element.type;
  if (kind.startsWith("multi_")) return { type: kind, [`${ONE[kind.slice(6)]}s`]: value };
  if (kind.endsWith("_input") && !ONE[kind]) return { type: kind, value };
  return ONE[kind] ? { type: kind, [ONE[kind]]: value } : null;
}

const INITIAL = ["option", "options", "user", "users", "conversation", "conversations", "channel", "channels", "date", "time", "date_time", "value"];

/** state.values as the blocks say they begin, with what was chosen since. */
function values(message, since = {}) {
  const out = {};
  for (const block of message.blocks || []) {
    for (const element of [block.element, block.accessory, ...(Array.isArray(block.elements) ? block.elements : [])]) {
      if (!element?.action_id) continue;
      const name = INITIAL.find((one) => element[`initial_${one}`] !== undefined);
      const entry = since[block.block_id]?.[element.action_id] || (name ? entryOf(element, element[`initial_${name}`]) : null);
      if (entry) (out[block.block_id] ||= {})[element.action_id] = entry;
    }
  }
  return out;
}
