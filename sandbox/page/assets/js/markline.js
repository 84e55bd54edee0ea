// The inside of a line of Markdown: escapes, code, marks, links, and Slack's own ![](@U…) and ![](#C…).

import { h } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { link } from "./inline.js";
import { channelLink, emoji, mention } from "./names.js";

const PARTS = [
  /\\(?<escaped>[!-/:-@[-`{-~])/, /(?<ticks>`+)(?<code>[^`]|[^`].*?[^`])\k<ticks>(?!`)/,
  /!\[(?<alt>[^\]]*)\]\((?<target>[^)\s]*)\)/, /\[(?<label>(?:\\.|[^\]\\])*)\]\((?<url>[^)\s]+)\)/, /<(?<auto>https?:[^>\s]+)>/,
  /\*\*(?<strong>.+?)\*\*/, /__(?<strong2>.+?)__/, /~~(?<s>.+?)~~/, /\*(?<em>[^*\s](?:[^*]*[^*\s])?)\*/, /(?<![\p{L}\p{N}_])_(?<em2>[^_]+)_(?![\p{L}\p{N}_])/,
  /(?<bare>https?:\/\/[^\s<>)]*[^\s<>).,;:!?])/, /:(?<name>[a-z0-9_+-]+):/, /&(?<entity>amp|lt|gt|quot|#39|nbsp);/,
];
const PATTERN = new RegExp(PARTS.map((part) => part.source).join("|"), "u");
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: "\u00a0" };

/** Nodes and strings of one line. */
export function inside(text) {
  const out = [];
  for (let rest = text; rest; ) {
    const found = PATTERN.exec(rest);
    if (!found) return [...out, rest];
    out.push(rest.slice(0, found.index), node(found.groups, found[0]));
    rest = rest.slice(found.index + found[0].length);
  }
  return out;
}

function node(part, whole) {
  if (part.escaped) return part.escaped;
  if (part.code !== undefined) return h("code", {}, part.code);
  if (part.target !== undefined) return drawn(part);
  if (part.url) return link(part.url, inside(part.label));
  if (part.auto || part.bare) return link(part.auto || part.bare);
  if (part.name) return EMOJI.has(part.name) ? emoji(part.name) : whole;
  if (part.entity) return ENTITIES[part.entity];
  for (const tag of ["strong", "em", "s"]) {
    const words = part[tag] ?? part[`${tag}2`];
    if (words !== undefined) return h(tag, {}, inside(words));
  }
  return whole;
}

// Pictures of elsewhere are links: a document does not load anything by itself.
function drawn({ alt, target }) {
  if (target.startsWith("@")) return mention(target.slice(1), alt);
  if (target.startsWith("#")) return channelLink(target.slice(1), alt);
  return link(target, alt || target);
}
