// Dates and times, by the browser's own pickers; a datetime is read and written in the acting user's zone.

import { h } from "../dom.js";
import { confirmed } from "../dialogs.js";
import { instant, wall } from "../time.js";
import { me } from "../store.js";

function picker(type, read, write) {
  return (element, ctx) => {
    const input = h("input", { type, class: "input short", id: ctx.labelled || null, "aria-label": ctx.labelled ? null : element.placeholder?.text || type });
    const before = read(ctx.entry);
    input.value = before;
    input.addEventListener("change", async () => {
      if (element.confirm && !(await confirmed(element.confirm))) {
        input.value = before;
        return;
      }
      const value = input.value ? write(input.value) : null;
      ctx.quiet ? ctx.keep(value) : ctx.use(value);
    });
    const zone = type === "date" ? null : element.timezone || me().tz;
    return h("span", { class: "picker" }, input, zone && h("span", { class: "hint" }, zone));
  };
}

export const ELEMENTS = {
  datepicker: picker("date", (entry) => entry.selected_date || "", (text) => text),
  timepicker: picker("time", (entry) => entry.selected_time || "", (text) => text),
  datetimepicker: picker("datetime-local", (entry) => (entry.selected_date_time ? wall(entry.selected_date_time) : ""), instant),
};
