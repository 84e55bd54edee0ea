// Modals: the stack of the acting user, the topmost in front, with errors below inputs, and what an app answers.

import { icon } from "./icons.js";
import { blocks } from "./blocks/index.js";
import { act, see } from "./control.js";
import { arrange, fill, h, iconButton } from "./dom.js";
import { back } from "./focus.js";
import { plainText } from "./mrkdwn.js";
import { personAvatar } from "./names.js";
import { on, state } from "./store.js";
import { Draft, keepFocus } from "./views.js";

const box = h("dialog", { class: "modal", "aria-labelledby": "modal-title" });
const body = h("div", { class: "modal-body" });
let draft = null, stack = [], wrong = {}, trouble = "", seen = "", asks = 0;

export function modals() {
  document.body.append(box);
  box.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  box.addEventListener("keydown", (event) => {
    const field = event.target;
    const sends = event.key === "Enter" && (field.tagName === "INPUT" || event.ctrlKey || event.metaKey) && field.type !== "checkbox";
    if (sends && !event.defaultPrevented && field.closest(".modal-body")) {
      event.preventDefault();
      submit();
    }
  });
  on("view", (told) => told.user === state.me && look());
  on("workspace", look);
  on("reset", look);
}

async function look() {
  const ask = (asks += 1);
  const views = (await see("modals", { user: state.me }).catch(() => ({ views: [] }))).views;
  if (ask === asks) show(views);
}

function show(views) {
  stack = views;
  const top = views[views.length - 1];
  if (!top) {
    draft = null;
    seen = "";
    if (box.open) {
      box.close();
      back();
    }
    return;
  }
  if (draft?.view.id !== top.id) {
    draft = new Draft(top, {});
    wrong = {};
    trouble = "";
  }
  const look_ = `${top.id} ${top.hash} ${JSON.stringify(top.errors)}`;
  // What is not drawn anew is not taken over either: another tab may have filled in the same form, and what is seen is what is sent.
  if (seen === look_) return;
  seen = look_;
  draft.renew(top);
  if (Object.keys(top.errors || {}).length) wrong = top.errors;
  draw();
}

function draw() {
  const view = draft.view, app = state.apps.find((one) => one.id === view.app_id);
  const fresh = box.dataset.view !== view.id;
  box.dataset.view = view.id;
  const back = stack.length > 1 ? iconButton(icon("back"), "Back", () => close()) : null;
  const head = h("header", { class: "modal-head" }, back, app && personAvatar(app.bot_user_id), h("h2", { id: "modal-title" }, plainText(view.title)),
    stack.length > 1 ? h("span", { class: "faint" }, `${stack.length} of 3`) : null, iconButton(icon("close"), "Close", () => close(stack.length > 1)));
  const sends = view.submit || view.blocks.some((block) => block.type === "input");
  const foot = h("footer", { class: "modal-foot" }, h("div", { class: "error", role: "alert" }, trouble), h("span", { class: "grow" }),
    h("button", { type: "button", class: "button", on: { click: () => close() } }, view.close ? plainText(view.close) : "Cancel"),
    sends ? h("button", { type: "button", class: "button primary", data: { submit: "yes" }, on: { click: submit } }, view.submit ? plainText(view.submit) : "Submit") : null);
  const held = keepFocus(body, () => fill(body, blocks(view.blocks, draft.context({ surface: "modal", errors: wrong, current: new URLSearchParams(location.hash.slice(1)).get("c") }))));
  // A box that leaves the page, if only for a moment, takes the focus with it.
  arrange(box, [head, body, foot]);
  if (!box.open) box.showModal();
  if (fresh || !held) (body.querySelector("[data-focus]") || body.querySelector(".field-row :is(input,textarea)") || body.querySelector("input,textarea,select,button") || foot.querySelector("button:last-child"))?.focus();
  if (fresh && document.activeElement?.role === "combobox") document.activeElement.blur();
  if (fresh && !body.querySelector("[data-focus]")) body.scrollTop = 0;
  const first = body.querySelector(".error");
  if (first) {
    first.scrollIntoView({ block: "center" });
    first.closest(".block")?.querySelector("input,textarea,button")?.focus();
  }
}

async function working(run) {
  const buttons = () => [...box.querySelectorAll(".modal-foot button")];
  if (box.classList.contains("working")) return;
  box.classList.add("working");
  box.setAttribute("aria-busy", "true");
  buttons().forEach((button) => { button.disabled = true; });
  try {
    await run();
  } finally {
    box.classList.remove("working");
    box.removeAttribute("aria-busy");
    buttons().forEach((button) => { button.disabled = false; });
  }
}

const submit = () => working(async () => {
  await draft.sent;
  const id = draft.view.id;
  trouble = "";
  try {
    const done = await act("submit", { user: state.me, view_id: id, values: draft.whole() });
    if (done.ok === false) trouble = done.shown || `Slack says ${done.error}`;
    wrong = {};
  } catch (error) {
    wrong = error.details?.errors || {};
    trouble = error.details?.errors ? "" : error.message;
  }
  // Errors of the app come with the view; those of the client itself, and troubles, are drawn here.
  await look();
  if (draft?.view.id === id && (trouble || Object.keys(wrong).length)) draw();
});

const close = (all = false) => working(async () => {
  await act("close", { user: state.me, all }).catch(() => {});
  await look();
});
