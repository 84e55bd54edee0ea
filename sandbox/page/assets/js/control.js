// The control API: everything that people do or see goes through it, and every refusal becomes a sentence on the screen.

import { notice } from "./notices.js";

async function send(path, options) {
  const [response, body] = await answered(path, options);
  if (!response.ok) throw Object.assign(new Error(body.reason || body.error || "refused"), { details: body });
  return body;
}

// The browser's own words for a line that is cut say nothing to a person.
async function answered(path, options) {
  try {
    const response = await fetch(`/control/${path}`, options);
    return [response, await response.json()];
  } catch {
    throw new Error("The local Slack cannot be reached just now; try again in a moment.");
  }
}

/** POST act/NAME; throws with `details` when the sandbox says no. */
export function act(name, body) {
  return send(`act/${name}`, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
}

/** The same for what happens by a click: a refusal, or an app that did not answer, is shown. Null when it failed. */
export async function tryAct(name, body) {
  try {
    const done = await act(name, body);
    if (done.ok === false) notice(done.shown || `Slack says ${done.error}`, "bad");
    return done;
  } catch (error) {
    notice(error.message, "bad");
    return null;
  }
}

/** GET see/NAME. */
export function see(name, query = {}) {
  const kept = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return send(`see/${name}?${new URLSearchParams(kept)}`);
}

/** POST NAME: a lever. */
export function lever(name, body = {}) {
  return send(name, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" } });
}

/** The bytes of a File in base64. */
export function base64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).split(",")[1] || "");
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}
