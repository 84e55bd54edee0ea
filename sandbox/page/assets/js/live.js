// The connection that tells what changed; when it breaks it comes back by itself, and the page loads what it missed.

import { emit, refresh, state } from "./store.js";
import { notice } from "./notices.js";

let tries = 0, lost = null;

export function listen() {
  const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/page/live`);
  socket.onopen = () => {
    document.documentElement.dataset.live = "yes";
    if (lost) {
      lost();
      notice("Connected again");
      emit("reset");
    }
    tries = 0;
    lost = null;
  };
  socket.onmessage = (message) => hear(JSON.parse(message.data));
  socket.onclose = () => {
    lost ||= notice("The local Slack is not reachable; trying again…", "bad", { stays: true });
    document.documentElement.dataset.live = "no";
    setTimeout(listen, Math.min(5000, 250 * 2 ** tries++));
  };
}

function hear(told) {
  if (told.what === "message") touched(told);
  else if (told.what === "workspace") refresh();
  else emit(told.what, told);
}

/** A message changed: whoever shows it hears of it, and the unread marks follow. */
function touched(told) {
  const channel = state.channels.get(told.channel);
  const fresh = told.row && channel && !told.row.is_ephemeral && told.ts > (channel.latest || "");
  if (!channel) refresh();
  else if (fresh && (!told.row.thread_ts || told.row.thread_ts === told.ts)) {
    channel.latest = told.ts;
    if (told.row.user !== state.me) {
      channel.unread += 1;
      if (channel.kind === "im" || channel.kind === "mpim" || String(told.row.text).includes(`<@${state.me}`)) channel.called += 1;
    }
    emit("unread", channel);
  }
  // A reply may belong to a thread that one follows; only the sandbox knows.
  else if (told.row?.thread_ts && told.row.thread_ts !== told.ts && told.row.user !== state.me) refresh();
  emit("message", told);
}
