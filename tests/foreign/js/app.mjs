// The small app of Bolt for JavaScript: Socket Mode, or HTTP when PORT is set. It says "ready" when it listens.

import bolt from '@slack/bolt';
import { button, form, home, options, says, second } from './forms.mjs';

const { SLACK_API_URL, SLACK_APP_TOKEN, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, PORT } = process.env;
const way = PORT ? { signingSecret: SLACK_SIGNING_SECRET } : { socketMode: true, appToken: SLACK_APP_TOKEN };
const app = new bolt.App({ token: SLACK_BOT_TOKEN, clientOptions: { slackApiUrl: SLACK_API_URL }, ...way });

app.message(/^ping (.+)/, async ({ context, say }) => {
  await say(`pong ${context.matches[1]}`);
});

app.event('app_mention', async ({ event, say }) => {
  const row = { type: 'actions', elements: [button('wave', 'Wave')] };
  await say({ text: 'Hello!', blocks: [says(`Hello <@${event.user}>!`), row], thread_ts: event.ts });
});

app.action('wave', async ({ ack, body, respond }) => {
  await ack();
  await respond({ text: `<@${body.user.id}> waved`, replace_original: true });
});

app.command('/parrot', async ({ ack, command, client, respond }) => {
  if (command.text === 'form') {
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: form() });
    return;
  }
  await ack('repeating');
  await respond({ text: command.text, response_type: 'in_channel' });
});

app.shortcut({ callback_id: 'remember', type: 'message_action' }, async ({ ack, shortcut, client }) => {
  await ack();
  const channel = shortcut.channel.id;
  await client.reactions.add({ channel, timestamp: shortcut.message.ts, name: 'parrot' });
  await client.chat.postEphemeral({ channel, user: shortcut.user.id, text: 'remembered' });
});

app.shortcut('teach', async ({ ack, shortcut, client }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: form() });
});

app.action('rename', async ({ ack, body, client }) => {
  await ack();
  await client.views.update({ view_id: body.view.id, hash: body.view.hash, view: form('Renamed') });
});

app.options('colour', async ({ ack, payload }) => {
  await ack({ options: options(payload.value) });
});

app.view('form', async ({ ack, view, body, client }) => {
  const word = view.state.values.word.word.value;
  if (word === 'silence') {
    await ack({ response_action: 'errors', errors: { word: 'parrots do not know that' } });
  } else if (word === 'more') {
    await ack({ response_action: 'push', view: second });
  } else {
    await ack();
    const channel = view.state.values.where.where.selected_conversation;
    await client.chat.postMessage({ channel, text: `new word: ${word}` });
    const answer = JSON.stringify({ text: `learnt ${word}` });
    await fetch(body.response_urls[0].response_url, { method: 'POST', body: answer });
  }
});

app.view('second', async ({ ack }) => {
  await ack({ response_action: 'clear' });
});

app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body, client }) => {
  await ack();
  await client.chat.postMessage({ channel: body.user.id, text: 'another time, then' });
});

app.event('app_home_opened', async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: home(1) });
});

app.action('seen', async ({ ack, body, client }) => {
  await ack();
  await client.views.publish({ user_id: body.user.id, hash: body.view.hash, view: home(2) });
});

await app.start(PORT ? Number(PORT) : undefined);
console.log('ready');
