// One line of mrkdwn as nodes: marks for bold, italic, strike and code, tokens in angle brackets, emoji, bare links.

import { h, safeLink } from "./dom.js";
import { broadcast, channelLink, emoji, groupMention, mention } from "./names.js";
import { dated, whole } from "./time.js";
import { EMOJI } from "./emoji.js";

const MARKS = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;
const BARE = /^https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)\]}'"]/;

export const unescaped = (text) => text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: "<", gt: ">", amp: "&" })[name]);

/** Nodes of a text without line breaks that mean anything. `plain`: only emoji, for plain_text objects. */
export function inline(text, { plain = false } = {}) {
  const out = [];
  let words = "";
  const flush = () => {
    if (words) out.push(plain ? words : unescaped(words));
    words = "";
  };
  for (let at = 0; at < text.length; ) {
    const found = taken(text, at, plain);
    if (found) {
      flush();
      out.push(found.node);
      at = found.end;
    } else {
      words += text[at];
      at += 1;
    }
  }
  flush();
  return out;
}

function taken(text, at, plain) {
  const sign = text[at];
  if (sign === ":") return emojiAt(text, at);
  if (plain) return null;
  if (sign === "<") return tokenAt(text, at);
  if (sign === "`") return codeAt(text, at);
  if (MARKS[sign]) return markAt(text, at, sign);
  if (sign === "h" && !WORD.test(text[at - 1] || " ")) return bareAt(text, at);
  return null;
}

function emojiAt(text, at) {
  const found = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/.exec(text.slice(at, at + 80));
  const known = found && EMOJI.has(found[1].split("::")[0]);
  return known ? { node: emoji(found[1]), end: at + found[0].length } : null;
}

function codeAt(text, at) {
  const end = text.indexOf("`", at + 1);
  if (end <= at + 1) return null;
  return { node: h("code", {}, unescaped(text.slice(at + 1, end))), end: end + 1 };
}

function markAt(text, at, sign) {
  const before = text[at - 1] || " ", after = text[at + 1] || " ";
  if (WORD.test(before) || /\s/.test(after) || after === sign) return null;
  for (let end = text.indexOf(sign, at + 2); end > 0; end = text.indexOf(sign, end + 1)) {
    if (/\s/.test(text[end - 1]) || WORD.test(text[end + 1] || " ")) continue;
    return { node: h(MARKS[sign], {}, inline(text.slice(at + 1, end))), end: end + 1 };
  }
  return null;
}

function bareAt(text, at) {
  const found = BARE.exec(text.slice(at));
  return found ? { node: link(unescaped(found[0])), end: at + found[0].length } : null;
}

function tokenAt(text, at) {
  const end = text.indexOf(">", at);
  if (end < 0) return null;
  const [body, label] = split(text.slice(at + 1, end));
  return { node: token(body, label), end: end + 1 };
}

function split(body) {
  const bar = body.indexOf("|");
  return bar < 0 ? [body, ""] : [body.slice(0, bar), unescaped(body.slice(bar + 1))];
}

function token(body, label) {
  if (body.startsWith("@")) return mention(body.slice(1), label);
  if (body.startsWith("#")) return channelLink(body.slice(1), label);
  if (!body.startsWith("!")) return safeLink(unescaped(body)) ? link(unescaped(body), label) : h("span", {}, unescaped(`<${body}${label && "|"}${label}>`));
  const [name, ...rest] = body.slice(1).split("^");
  if (name === "subteam") return groupMention(rest[0], label);
  if (name === "date") return dateToken(rest, label);
  if (["here", "channel", "everyone"].includes(name)) return broadcast(name);
  return h("span", {}, label || `<${unescaped(body)}>`);
}

function dateToken([stamp, pattern, url], label) {
  const node = h("time", { title: whole(stamp) }, dated(Number(stamp), pattern || "{date}", label));
  return url && safeLink(unescaped(url)) ? link(unescaped(url), node) : node;
}

/** A link that opens beside the page; an address that could run is shown as text. */
export function link(url, label) {
  const href = safeLink(url);
  const words = label || url.replace(/^mailto:/, "");
  if (!href) return h("span", {}, label || url);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, words);
}
