// Files below a message: pictures are shown, texts begin to be shown, everything can be opened.

import { ownPath } from "../blocks/media.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { markdown } from "../markdown.js";
import { address, place } from "../place.js";

const size = (bytes) => (bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : bytes > 1000 ? `${Math.round(bytes / 1000)} kB` : `${bytes} ${bytes === 1 ? "byte" : "bytes"}`);

export function files(message) {
  if (!message.files?.length) return null;
  return h("div", { class: "files" }, message.files.map(one));
}

function one(file) {
  if (file.mode === "tombstone" || !file.url_private) return h("div", { class: "file gone" }, icon("trash"), " This file was deleted.");
  if (file.filetype === "quip") return canvas(file);
  const href = ownPath(file.permalink || file.url_private), kind = String(file.mimetype).split("/")[0];
  if (kind === "video" || kind === "audio") return played(file, kind);
  if (file.mimetype?.startsWith("image/")) return picture(file, href);
  const head = h("a", { class: "file", href, target: "_blank", rel: "noopener" }, h("span", { class: "file-sign", "aria-hidden": "true" }, icon("file")),
    h("span", {}, h("b", {}, file.title || file.name), h("span", { class: "faint" }, ` ${file.pretty_type || file.filetype} · ${size(file.size)}`)));
  return file.mode === "snippet" ? h("div", { class: "snippet" }, head, peek(file)) : head;
}

// A canvas opens here, and not in a tab of the browser.
const canvas = (file) => h("a", { class: "file", href: address({ ...place(), m: null, t: null, f: file.id }) }, h("span", { class: "file-sign", "aria-hidden": "true" }, icon("file")),
  h("span", {}, h("b", {}, file.title), h("span", { class: "faint" }, " Canvas")));

function played(file, kind) {
  return h("div", {}, h("div", { class: "faint" }, `${file.title || file.name} · ${size(file.size)}`), h(kind, { src: ownPath(file.url_private), controls: true, preload: "none", class: `file-${kind}`, "aria-label": file.title || file.name }));
}

const reads = (file) => file.filetype === "markdown" || /\.md$/i.test(file.name || "");

function picture(file, href) {
  const node = h("img", { src: ownPath(file.url_private), alt: file.alt_txt || file.title || file.name, loading: "lazy", class: "file-picture" });
  node.addEventListener("error", () => node.replaceWith(h("span", { class: "no-image" }, `${file.name} cannot be shown`)));
  return h("div", {}, h("div", { class: "faint" }, file.title || file.name), h("a", { href, target: "_blank", rel: "noopener" }, node));
}

// The first lines of a text, fetched only when somebody looks.
function peek(file) {
  const box = h(reads(file) ? "div" : "pre", { class: "peek" });
  const button = h("button", { type: "button", class: "link", "aria-expanded": "false", on: { click: async () => {
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    button.textContent = open ? "Show" : "Hide";
    if (open) return fill(box);
    const text = await (await fetch(ownPath(file.url_private))).text();
    const shown = text.length > 40000 ? `${text.slice(0, 40000)}\n…` : text;
    return fill(box, reads(file) ? markdown(shown) : shown);
  } } }, "Show");
  return h("div", {}, button, box);
}
