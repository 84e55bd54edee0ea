// Pictures, videos and remote files.

import { h, safeLink } from "../dom.js";
import { icon } from "../icons.js";
import { link } from "../inline.js";
import { plainText, textObject } from "../mrkdwn.js";
import { see } from "../control.js";

/** The address under which the page reads a file: the private address, by the page's own cookie. */
export function ownPath(url) {
  const parsed = new URL(url, location.href);
  return parsed.pathname.startsWith("/files") ? parsed.pathname + parsed.search : url;
}

/** An image element; one given as a Slack file is looked up. What cannot be loaded shows its alternative text. */
export function picture(image, className = "") {
  const node = h("img", { class: className, alt: image.alt_text || "", title: image.alt_text || "", loading: "lazy" });
  node.addEventListener("error", () => node.replaceWith(h("span", { class: "no-image" }, image.alt_text || "image")));
  if (image.image_url) node.src = ownPath(image.image_url);
  else if (image.slack_file?.url) node.src = ownPath(image.slack_file.url);
  else if (image.slack_file?.id) see("files", { id: image.slack_file.id }).then((got) => { node.src = ownPath(got.file.url_private); }, () => node.dispatchEvent(new Event("error")));
  return node;
}

function image(block) {
  return h("figure", { class: "figure" }, block.title && h("figcaption", {}, plainText(block.title)), picture(block, "block-picture"));
}

function video(block) {
  const title = block.title_url && safeLink(block.title_url) ? link(block.title_url, block.title.text) : h("b", {}, plainText(block.title));
  const about = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  const play = safeLink(block.video_url);
  return h("div", { class: "video" }, h("div", {}, title), about && h("div", { class: "faint" }, about),
    block.description && textObject(block.description),
    h("a", { class: "thumb", href: play, target: "_blank", rel: "noopener noreferrer", "aria-label": `Play ${block.title.text}` },
      picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "block-picture"), h("span", { class: "play", "aria-hidden": "true" }, "▶")));
}

const file = (block) => h("div", { class: "file" }, h("span", { class: "file-sign", "aria-hidden": "true" }, icon("file")),
  h("div", {}, h("b", {}, "Remote file"), h("div", { class: "faint" }, block.external_id)));

export const BLOCKS = { image, video, file };
