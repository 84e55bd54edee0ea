// Where people write: Enter sends, Shift+Enter makes a new line, a slash begins a command, files can be added.

import { act, base64 } from "./control.js";
import { autocomplete } from "./autocomplete.js";
import { chooseEmoji } from "./dialogs.js";
import { fill, h, iconButton } from "./dom.js";
import { icon } from "./icons.js";
import { notice } from "./notices.js";
import { state } from "./store.js";

const draftKey = (where) => `draft ${state.me} ${where.channel.id} ${where.thread || ""}`;

/** The field with its buttons. `where`: {channel, thread, label}. */
export function composer(where) {
  const key = draftKey(where);
  const field = h("textarea", { class: "composer-field", rows: 1, placeholder: where.label, "aria-label": where.label });
  field.value = sessionStorage.getItem(key) || "";
  const chips = h("div", { class: "chips" });
  const picker = h("input", { type: "file", multiple: true, hidden: true, "aria-label": "Add files" });
  const also = where.thread ? h("input", { type: "checkbox" }) : null;
  const alert = h("div", { class: "composer-alert", role: "alert" });
  const usage = h("div", { class: "composer-hint" });
  let files = [];

  const grow = () => {
    field.style.height = "auto";
    fill(usage, hintOf(field.value));
    field.style.height = `${Math.min(field.scrollHeight, innerHeight * 0.4)}px`;
    sessionStorage.setItem(key, field.value);
  };
  const addFiles = (given) => {
    files = [...files, ...given];
    fill(chips, files.map((file) => h("span", { class: "chip" }, file.name, iconButton(icon("close"), `Remove ${file.name}`, () => { files = files.filter((one) => one !== file); addFiles([]); }))));
  };
  const clear = () => {
    field.value = "";
    files = [];
    addFiles([]);
    grow();
  };
  const send = async () => {
    const text = field.value.trim();
    if ((!text && !files.length) || box.classList.contains("working")) return;
    box.classList.add("working");
    fill(alert);
    const typed = field.value, chosen = files;
    try {
      if (text.startsWith("/") && !files.length) await command(text, where, clear, (words) => fill(alert, words));
      else {
        const rows = await Promise.all(files.map(async (file) => ({ name: file.name, base64: await base64(file) })));
        clear();
        await act("post", { user: state.me, channel: where.channel.id, text, thread: where.thread, broadcast: also?.checked || undefined, files: rows.length ? rows : undefined });
        if (also) also.checked = false;
      }
    } catch (error) {
      fill(alert, error.message);
      field.value ||= typed;
      if (!files.length) addFiles(chosen);
    } finally {
      box.classList.remove("working");
      grow();
    }
  };
  field.addEventListener("input", grow);
  autocomplete(field, where);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !event.defaultPrevented) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && !field.value && lastOwn(box)) event.preventDefault();
  });
  field.addEventListener("paste", (event) => event.clipboardData?.files.length && addFiles([...event.clipboardData.files]));
  picker.addEventListener("change", () => { addFiles([...picker.files]); picker.value = ""; });
  const insert = (words) => { field.setRangeText(words, field.selectionStart, field.selectionEnd, "end"); field.focus(); field.dispatchEvent(new Event("input")); };
  const buttons = h("div", { class: "composer-buttons" },
    iconButton(icon("plus"), "Add files", () => picker.click()), iconButton(icon("smile"), "Add emoji", async () => { const name = await chooseEmoji(); if (name) insert(`:${name}: `); }),
    iconButton(icon("at"), "Mention somebody", () => insert("@")), iconButton(icon("slash"), "Type a command", () => { if (!field.value) insert("/"); field.focus(); }),
    also && h("label", { class: "also" }, also, " Also send to the conversation"), h("span", { class: "grow" }),
    h("button", { type: "button", class: "button primary send", "aria-label": "Send", on: { click: send } }, "Send"));
  const box = h("div", { class: "composer", on: { dragover: (event) => event.preventDefault(), drop: (event) => { event.preventDefault(); addFiles([...event.dataTransfer.files]); } } },
    alert, usage, chips, field, buttons, picker);
  requestAnimationFrame(grow);
  return box;
}

// How the command that is being typed is used, as the app's manifest says.
function hintOf(text) {
  const name = /^(\/\S+)\s/.exec(text)?.[1];
  const row = name && state.apps.flatMap((app) => app.commands).find((one) => one.command === name);
  return row?.usage_hint ? [h("b", {}, name), ` ${row.usage_hint}`] : null;
}

async function command(text, where, clear, say) {
  if (where.thread) return say("Slash commands cannot be used in threads.");
  const done = await act("command", { user: state.me, channel: where.channel.id, text });
  clear();
  if (done.ok === false) say(done.shown || `Slack refuses the answer of the app: ${done.error}`);
  return done;
}

// The arrow up in an empty field edits what one wrote last.
function lastOwn(box) {
  const mine = [...(box.closest(".pane, .thread")?.querySelectorAll(".message[data-mine]") || [])], node = mine[mine.length - 1];
  node?.dispatchEvent(new CustomEvent("edit-message", { bubbles: true }));
  return Boolean(node);
}

/** Global shortcuts of apps, as items of a menu. */
export function globalShortcuts() {
  return state.apps.filter((app) => !app.revoked).flatMap((app) => app.shortcuts.filter((row) => row.type === "global").map((row) => ({
    label: row.name, hint: app.name,
    run: () => act("shortcut", { user: state.me, callback_id: row.callback_id }).then((done) => done.ok === false && notice(done.shown, "bad"), (error) => notice(error.message, "bad")),
  })));
}
