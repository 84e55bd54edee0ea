// A canvas: its text as it reads, and as it is written for those who may; a tab of its channel, or reached by its file.

import { see, tryAct } from "./control.js";
import { fill, h } from "./dom.js";
import { buttons, heading, tabs } from "./head.js";
import { markdown } from "./markdown.js";
import { state } from "./store.js";

/** One canvas in the middle of the page. */
export class CanvasPane {
  constructor(channel, id) {
    this.channel = channel;
    this.id = id;
    this.head = h("header", { class: "channel-head" });
    this.body = h("article", { class: "canvas", tabindex: "0" });
    this.node = h("div", { class: "pane" }, this.head, this.body);
    this.refresh();
  }

  async load() {
    const got = await see("canvas", { user: state.me, id: this.id }).catch((error) => ({ error }));
    if (got.error) return fill(this.body, h("p", { class: "faint" }, "There is no such canvas, or this user may not see it."));
    this.canvas = got.canvas;
    this.body.setAttribute("aria-label", got.canvas.title);
    return this.draw();
  }

  refresh() {
    const channel = (this.channel = state.channels.get(this.channel.id) || this.channel);
    fill(this.head, heading(channel), tabs(channel), h("span", { class: "grow" }), buttons(channel));
  }

  /** Somebody wrote in a canvas; what one is writing oneself is not taken away. */
  hearCanvas(told) {
    if (told.canvas_id === this.id && !this.body.querySelector("textarea")) this.load();
  }

  redraw() {
    if (this.canvas && !this.body.querySelector("textarea")) this.draw();
  }

  draw() {
    const { canvas } = this, may = canvas.level !== "read";
    const edit = may && h("button", { type: "button", class: "button small", on: { click: () => this.write() } }, "Edit");
    fill(this.body, h("div", { class: "canvas-head" }, h("h1", {}, canvas.title), edit || h("span", { class: "faint" }, "You can only read this canvas.")),
      canvas.markdown ? markdown(canvas.markdown) : h("p", { class: "faint" }, "Nothing is written here yet."));
  }

  write() {
    const { canvas } = this;
    const title = h("input", { class: "input", "aria-label": "Title", value: canvas.title });
    const field = h("textarea", { class: "input canvas-text", "aria-label": "Text of the canvas, in Markdown" });
    field.value = canvas.markdown;
    const save = async () => {
      if (await tryAct("edit_canvas", { user: state.me, id: this.id, title: title.value, markdown: field.value })) {
        field.remove();
        await this.load();
      }
    };
    fill(this.body, title, field, h("div", { class: "dialog-buttons" },
      h("button", { type: "button", class: "button", on: { click: () => this.draw() } }, "Cancel"),
      h("button", { type: "button", class: "button primary", on: { click: save } }, "Save")));
    field.focus();
    field.setSelectionRange(0, 0);
    field.scrollTop = 0;
  }
}
