// What is common to forms: a view's blocks with what was typed into them, kept on the way to the sandbox.

import { act, tryAct } from "./control.js";
import { entryOf } from "./messages/uses.js";
import { notice } from "./notices.js";
import { state } from "./store.js";

/** What somebody types into one view, until the sandbox has it. */
export class Draft {
  constructor(view, where) {
    this.view = view;
    this.where = where;
    this.values = structuredClone(view.state.values);
    this.waiting = {};
    this.mine = {};
    this.timer = null;
    this.sent = Promise.resolve();
  }

  /**
   * The view as it is now; what was typed stays on top of it in every field that is still there. It may be on its way to the
   * sandbox at this moment, so that what was asked for before it arrived knows an older value.
   */
  renew(view) {
    this.view = view;
    this.values = structuredClone(view.state.values);
    for (const [block, actions] of Object.entries(this.mine)) {
      for (const [action, entry] of Object.entries(actions)) if (this.values[block]?.[action]) this.values[block][action] = entry;
    }
  }

  keep(block, element, value) {
    const entry = entryOf(element, value);
    (this.values[block.block_id] ||= {})[element.action_id] = entry;
    (this.mine[block.block_id] ||= {})[element.action_id] = entry;
    (this.waiting[block.block_id] ||= {})[element.action_id] = { value, entry };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), 250);
  }

  /** Everything as it stands on the screen: another tab of the same person may have told the sandbox something else. */
  whole() {
    this.waiting = {};
    clearTimeout(this.timer);
    return asValues(this.values, ({ type, timezone, ...entry }) => Object.values(entry)[0]);
  }

  /** Sends what waits, or these values; resolves when the sandbox has them. */
  flush(values = asValues(this.waiting, ({ value }) => value)) {
    clearTimeout(this.timer);
    this.waiting = {};
    if (!Object.keys(values).length || this.where.home) return this.sent;
    this.sent = this.sent.then(() => act("fill", { user: state.me, values })).catch((error) => notice(error.message, "bad"));
    return this.sent;
  }

  /** The context of this view's blocks. */
  context(more) {
    const at = { user: state.me, ...this.where };
    return {
      values: this.values, errors: {}, ...more,
      keep: (block, element, value) => this.keep(block, element, value),
      press: async (block, element, value) => {
        const entry = entryOf(element, value);
        if (entry) for (const kept of [this.values, this.mine]) (kept[block.block_id] ||= {})[element.action_id] = entry;
        await this.flush(this.whole());
        await tryAct("press", { ...at, action_id: element.action_id, block_id: block.block_id, value });
      },
      suggest: async (block, element, value) => {
        const got = await act("suggest", { ...at, action_id: element.action_id, block_id: block.block_id, value }).catch((error) => notice(error.message, "bad"));
        return got?.options || [];
      },
    };
  }
}

const asValues = (rows, read) => Object.fromEntries(Object.entries(rows).map(([block, actions]) =>
  [block, Object.fromEntries(Object.entries(actions).map(([action, row]) => [action, read(row)]))]));

/** Draws into a box and gives the focus back to the field that had it. */
export function keepFocus(box, draw) {
  const field = box.contains(document.activeElement) ? document.activeElement : null;
  const block = field?.closest("[data-block]")?.dataset.block, action = field?.closest("[data-action]")?.dataset.action;
  const range = field && "selectionStart" in field ? [field.selectionStart, field.selectionEnd] : null;
  const scroll = box.scrollTop;
  draw();
  box.scrollTop = scroll;
  if (block === undefined) return false;
  const holder = box.querySelector(`[data-block="${CSS.escape(block)}"] [data-action="${CSS.escape(action || "")}"]`);
  const again = holder?.matches("input,textarea,button,select") ? holder : holder?.querySelector("input,textarea,button,select");
  again?.focus();
  try {
    if (range && again) again.setSelectionRange(...range);
  } catch {
    // Some kinds of fields have no selection.
  }
  return Boolean(again);
}
