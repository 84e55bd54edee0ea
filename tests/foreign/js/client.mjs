// The Node SDK's clients: pages, limits, faults, uploads, streams, reconnection. A line of JSON for each check.

import { SocketModeClient } from '@slack/socket-mode';
import { ErrorCode, LogLevel, WebClient } from '@slack/web-api';

const { SLACK_API_URL: slackApiUrl, SLACK_APP_TOKEN, SLACK_BOT_TOKEN, SLACK_TEAM, CONTROL_URL, EXPECTED } = process.env;
const expected = JSON.parse(EXPECTED);
const channel = expected.archive;
const nothing = () => {};
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing, setLevel: nothing, setName: nothing, getLevel: () => LogLevel.ERROR };
const quiet = { slackApiUrl, logger: silent };
const client = new WebClient(SLACK_BOT_TOKEN, quiet);

const control = async (path, body) => {
  const answer = await fetch(CONTROL_URL + path, { method: 'POST', body: JSON.stringify(body) });
  return answer.json();
};
const check = (name, ok, seen) => console.log(JSON.stringify({ check: name, ok: Boolean(ok), seen }));
const failure = async (promise) => promise.then(() => null, (error) => error);

async function count(method, given, rows, key) {
  const found = new Set();
  for await (const page of client.paginate(method, given)) for (const row of page[rows]) found.add(row[key]);
  return found.size;
}

async function pages() {
  const ts = expected.parent;
  let seen = await count('conversations.history', { channel, limit: 50 }, 'messages', 'ts');
  check('client.paginate reads the whole history', seen === expected.messages, seen);
  seen = await count('conversations.replies', { channel, ts, limit: 15 }, 'messages', 'ts');
  check('client.paginate reads a whole thread', seen === expected.replies, seen);
  seen = await count('users.list', { limit: 20 }, 'members', 'id');
  check('client.paginate reads everybody', seen === expected.people, seen);
  const add = (sum = 0, page) => sum + page.channels.length;
  seen = await client.paginate('conversations.list', { limit: 10 }, () => false, add);
  check('client.paginate adds up the channels', seen === expected.rooms, seen);
}

async function limits() {
  let waits = 0;
  client.on('rate_limited', () => { waits += 1; });
  await control('fault', { method: 'conversations.info', how: '429', retry_after: 1 });
  check('a 429 is waited for', (await client.conversations.info({ channel })).ok && waits === 1, waits);
  const strict = new WebClient(SLACK_BOT_TOKEN, { ...quiet, rejectRateLimitedCalls: true });
  let error = null;
  for (let tries = 0; tries < 60 && !error; tries += 1) error = await failure(strict.users.list({ limit: 1 }));
  check('rejectRateLimitedCalls says how long', error?.code === ErrorCode.RateLimitedError && error.retryAfter > 0, error);
  await control('advance', { seconds: 61 });
  check('the limit is over after a minute', (await strict.users.list({ limit: 1 })).ok);
}

async function faults() {
  for (const how of ['500', '503', 'reset']) {
    await control('fault', { method: 'conversations.info', how });
    check(`the retry policy gets over ${how}`, (await client.conversations.info({ channel })).ok);
  }
  await control('fault', { method: 'conversations.info', how: '503' });
  const once = new WebClient(SLACK_BOT_TOKEN, { ...quiet, retryConfig: { retries: 0 } });
  const error = await failure(once.conversations.info({ channel }));
  check('without retries a 503 is an HTTP error', error?.code === ErrorCode.HTTPError, error?.code);
  const refused = await failure(client.chat.postMessage({ channel, text: 'x', blocks: [{ type: 'section' }] }));
  check('a refused block is named', refused?.data?.response_metadata?.messages?.length > 0, refused?.data);
}

async function uploads() {
  const one = await client.filesUploadV2({ channel_id: channel, content: 'hello', filename: 'a.txt' });
  check('filesUploadV2 sends a file', one.ok, one);
  const file_uploads = [{ file: Buffer.from('b'), filename: 'b.bin' }, { content: 'c', filename: 'c.txt' }];
  const two = await client.filesUploadV2({ channel_id: channel, initial_comment: 'two', file_uploads });
  const page = await client.conversations.history({ channel, limit: 1 });
  check('filesUploadV2 puts several into one message', two.ok && page.messages[0].files.length === 2, page.messages[0]);
}

async function streams() {
  const reader = { recipient_team_id: SLACK_TEAM, recipient_user_id: expected.reader };
  const stream = client.chatStream({ channel, thread_ts: expected.parent, buffer_size: 4, ...reader });
  await stream.append({ markdown_text: '**hello** ' });
  await stream.append({ markdown_text: 'world' });
  const answer = await stream.stop();
  check('chatStream writes one message', answer.message?.text === '**hello** world', answer);
}

async function sockets() {
  const clientOptions = { slackApiUrl, logger: silent };
  const socket = new SocketModeClient({ appToken: SLACK_APP_TOKEN, clientOptions, logger: silent, clientPingTimeout: 1000 });
  socket.on('error', nothing);
  const heard = [];
  let tell = () => {};
  socket.on('message', async ({ ack, event }) => { await ack(); heard.push(event.text); tell(); });
  const hears = (text) => new Promise((resolve) => {
    const late = setTimeout(() => resolve(false), 10_000);
    tell = () => { if (heard.includes(text)) { clearTimeout(late); resolve(true); } };
    control('act/post', { user: 'aino', channel: '#general', text });
  });
  await socket.start();
  check('SocketModeClient hears', await hears('first'));
  const ends = { warning: { reason: 'warning' }, refresh: { reason: 'refresh_requested', close: true }, cut: { kill: true } };
  for (const [name, body] of Object.entries(ends)) {
    const again = new Promise((resolve) => { socket.once('connected', resolve); });
    await control('disconnect', body);
    await again;
    check(`SocketModeClient comes back after: ${name}`, await hears(name));
  }
  check('every event came once', heard.length === new Set(heard).size, heard);
  await socket.disconnect();
}

for (const part of [pages, limits, faults, uploads, streams, sockets]) await part();
process.exit(0);
