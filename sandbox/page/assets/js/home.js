// The Home tab of an app, as it was published for the acting user.

import { blocks } from "./blocks/index.js";
import { see, tryAct } from "./control.js";
import { fill, h } from "./dom.js";
import { buttons, heading, tabs } from "./head.js";
import { appOf, state } from "./store.js";
import { Draft, keepFocus } from "./views.js";

export class HomePane {
  constructor(channel) {
    this.channel = channel;
    this.app = appOf(channel);
    this.head = h("header", { class: "channel-head" });
    this.body = h("div", { class: "home" });
    this.node = h("div", { class: "pane" }, this.head, this.body);
    this.draft = null;
    this.hash = null;
    this.refresh();
  }

  async load() {
    await tryAct("home", { user: state.me, app: this.app.id });
    await this.draw();
  }

  refresh() {
    fill(this.head, heading(this.channel), tabs(this.channel), h("span", { class: "grow" }), buttons(this.channel));
  }

  /** Something was published, for somebody. */
  hearView(told) {
    if (told.user === state.me) this.draw();
  }

  hear() {}

  redraw() {
    this.hash = null;
    this.draw();
  }

  async draw() {
    const { view } = await see("home", { user: state.me, app: this.app.id });
    if (!view) return fill(this.body, h("p", { class: "faint pad" }, `${this.app.name} has not published a Home tab for you yet.`));
    if (this.draft?.view.id === view.id) this.draft.renew(view);
    else this.draft = new Draft(view, { home: true, app: this.app.id });
    if (view.hash === this.hash) return undefined;
    this.hash = view.hash;
    return keepFocus(this.body, () => fill(this.body, blocks(view.blocks, this.draft.context({ surface: "home" }))));
  }
}
