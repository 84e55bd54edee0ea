// Times as the acting user reads them: in that user's zone, never in the browser's.

import { me } from "./store.js";

const made = new Map();

export function format(seconds, options) {
  const zone = me().tz || "Etc/UTC";
  const key = zone + JSON.stringify(options);
  if (!made.has(key)) made.set(key, formatter(zone, options));
  return made.get(key).format(new Date(seconds * 1000));
}

function formatter(zone, options) {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "Etc/UTC" });
  }
}

export const clock = (ts) => format(Number(ts), { hour: "2-digit", minute: "2-digit" });
export const whole = (ts) => format(Number(ts), { dateStyle: "full", timeStyle: "long" });
/** The time of day, with its date when that is not today. */
export const when = (ts) => (dayKey(ts) === dayKey(Date.now() / 1000) ? clock(ts) : `${format(Number(ts), { day: "numeric", month: "short" })}, ${clock(ts)}`);
export const dayKey = (ts) => format(Number(ts), { year: "numeric", month: "2-digit", day: "2-digit" });
const LONG = { weekday: "long", day: "numeric", month: "long", year: "numeric" };

/** "Today", "Yesterday", or the date. */
export function dayName(ts) {
  return near(Number(ts), true) || format(Number(ts), LONG);
}

function near(seconds, capital) {
  const now = Date.now() / 1000, key = dayKey(seconds);
  const words = { [dayKey(now)]: "today", [dayKey(now - 86400)]: "yesterday", [dayKey(now + 86400)]: "tomorrow" };
  const word = words[key];
  return word && (capital ? word[0].toUpperCase() + word.slice(1) : word);
}

const PARTS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" }, date: { day: "numeric", month: "long", year: "numeric" },
  date_short: { day: "numeric", month: "short", year: "numeric" }, date_long: LONG,
  time: { hour: "2-digit", minute: "2-digit" }, time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  day_divider_pretty: LONG,
};

/** The text of a <!date> token or a rich_text date: "{date_short} at {time}" and the like. */
export function dated(seconds, pattern, fallback = "") {
  if (!Number.isFinite(seconds)) return fallback;
  return pattern.replace(/\{(\w+)\}/g, (token, name) => {
    if (name === "ago") return ago(seconds);
    const plain = name.replace(/_pretty$/, "");
    if (name !== plain) return near(seconds, false) || (PARTS[plain] ? format(seconds, PARTS[plain]) : token);
    return PARTS[name] ? format(seconds, PARTS[name]) : token;
  });
}

export function ago(seconds) {
  const past = Date.now() / 1000 - seconds;
  const rough = (size, word) => `${Math.round(Math.abs(past) / size)} ${word}${Math.round(Math.abs(past) / size) === 1 ? "" : "s"}`;
  const text = Math.abs(past) < 3600 ? rough(60, "minute") : Math.abs(past) < 86400 ? rough(3600, "hour") : rough(86400, "day");
  return past < 0 ? `in ${text}` : `${text} ago`;
}

/** "2026-03-02T10:30" of an instant in the user's zone, for a datetime-local input. */
export function wall(seconds) {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const [date, time] = format(seconds, options).split(", ");
  return `${date.split("/").reverse().join("-")}T${time}`;
}

/** The instant (seconds) at which the user's wall clock shows that; the earlier one where a clock is set back. */
export function instant(text) {
  const asUtc = Date.parse(`${text}:00Z`) / 1000;
  const shift = (at) => Date.parse(`${wall(at)}:00Z`) / 1000 - at;
  const first = asUtc - shift(asUtc);
  return asUtc - shift(first);
}
