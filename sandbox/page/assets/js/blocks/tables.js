// table and data_table.

import { h } from "../dom.js";
import { richText } from "../richtext.js";

function cell(one) {
  if (one.type === "rich_text") return richText(one);
  return one.text ?? String(one.value ?? "");
}

function table(block) {
  const columns = block.column_settings || [];
  const look = (at) => ({ textAlign: columns[at]?.align || "left", whiteSpace: columns[at]?.is_wrapped === false ? "nowrap" : "normal" });
  const [first, ...rest] = block.rows;
  const head = h("thead", {}, h("tr", {}, first.map((one, at) => h("th", { scope: "col", style: look(at) }, cell(one)))));
  const named = block.row_header_column_index;
  const body = h("tbody", {}, rest.map((row) => h("tr", {}, row.map((one, at) => h(at === named ? "th" : "td", { scope: at === named ? "row" : null, style: look(at) }, cell(one))))));
  return h("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": block.caption || "Table" },
    h("table", {}, block.caption && h("caption", {}, block.caption), head, body));
}

function dataTable(block) {
  const size = block.page_size || 10, box = h("div", {});
  let page = 0;
  const [head, ...body] = block.rows;
  const pages = Math.max(1, Math.ceil(body.length / size));
  const draw = () => {
    const shown = table({ ...block, rows: [head || [], ...body.slice(page * size, (page + 1) * size)] });
    const step = (by, word) => h("button", { type: "button", class: "button small", disabled: page + by < 0 || page + by >= pages, on: { click: () => { page += by; draw(); } } }, word);
    box.replaceChildren(shown, ...(pages > 1 ? [h("div", { class: "pager" }, step(-1, "Previous"), `${page + 1} of ${pages}`, step(1, "Next"))] : []));
  };
  draw();
  return box;
}

export const BLOCKS = { table, data_table: dataTable };
