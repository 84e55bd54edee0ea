// file_input: files are uploaded when they are chosen, and stand in the form until they are taken out again.

import { act, base64 } from "../control.js";
import { fill, h, iconButton } from "../dom.js";
import { icon } from "../icons.js";
import { notice } from "../notices.js";
import { state } from "../store.js";

function fileInput(element, ctx) {
  let chosen = ctx.entry.files || [];
  const most = element.max_files || 10;
  const list = h("div", { class: "chips" });
  const input = h("input", { type: "file", class: "input", id: ctx.labelled || null, multiple: most > 1 });
  if (element.filetypes) input.accept = element.filetypes.map((ending) => `.${ending}`).join(",");
  const changed = (files) => {
    chosen = files;
    draw();
    ctx.quiet ? ctx.keep(chosen) : ctx.use(chosen);
  };
  const draw = () => fill(list, chosen.map((file) => h("span", { class: "chip" }, file.name,
    iconButton(icon("close"), `Remove ${file.name}`, () => changed(chosen.filter((one) => one !== file))))));
  input.addEventListener("change", async () => {
    const given = [...input.files].slice(0, most - chosen.length);
    if (given.length < input.files.length) notice(`${most} files at most`, "bad");
    const done = await Promise.all(given.map(async (file) =>
      (await act("upload", { user: state.me, name: file.name, base64: await base64(file) })).file));
    input.value = "";
    changed([...chosen, ...done]);
  });
  draw();
  return h("div", {}, input, list);
}

export const ELEMENTS = { file_input: fileInput };
