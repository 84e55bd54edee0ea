// The button above the field that leads back to the newest message, with the number of those that came below.

import { fill, h } from "../dom.js";
import { icon } from "../icons.js";

export class Jump {
  constructor(press, fresh) {
    this.fresh = fresh || 0;
    this.button = h("button", { type: "button", class: "button small jump", hidden: true, on: { click: () => {
      press();
      if (!matchMedia("(pointer: coarse)").matches) document.querySelector("#center .composer-field")?.focus();
    } } });
    this.node = h("div", { class: "jump-place" }, this.button);
    this.label();
  }

  /** Another one came further down. */
  more() {
    this.fresh += 1;
    this.button.hidden = false;
    this.label();
  }

  /** `end`: the newest can be seen; `far`: it is worth a button. */
  place(end, far) {
    if (end && this.fresh) {
      this.fresh = 0;
      this.label();
    }
    this.button.hidden = end || !(far || this.fresh);
  }

  label() {
    fill(this.button, icon("down"), " Jump to latest", this.fresh ? h("span", { class: "fresh" }, `${this.fresh} new`) : null);
  }
}
