// What the app shows: the form, its second page, the Home tab.

const COLOURS = ['green', 'grey', 'red'];

const plain = (text) => ({ type: 'plain_text', text });
const input = (block_id, element, more = {}) => ({ type: 'input', block_id, label: plain(block_id), element, ...more });

export const says = (text, more = {}) => ({ type: 'section', text: { type: 'mrkdwn', text }, ...more });
export const button = (action_id, words) => ({ type: 'button', action_id, text: plain(words), value: action_id });

export const form = (title = 'Teach') => ({
  type: 'modal',
  callback_id: 'form',
  notify_on_close: true,
  title: plain(title),
  submit: plain('Say it'),
  blocks: [
    says('A new word', { accessory: button('rename', 'Rename') }),
    input('word', { type: 'plain_text_input', action_id: 'word' }),
    input('where', { type: 'conversations_select', action_id: 'where', response_url_enabled: true }),
    input('colour', { type: 'external_select', action_id: 'colour', min_query_length: 0 }, { optional: true }),
  ],
});

export const second = {
  type: 'modal',
  callback_id: 'second',
  title: plain('More'),
  submit: plain('Done'),
  blocks: [input('more', { type: 'plain_text_input', action_id: 'more' })],
};

export const home = (count) => ({
  type: 'home',
  blocks: [says(`Seen ${count} times`, { accessory: button('seen', 'Again') })],
});

export const options = (typed) =>
  COLOURS.filter((colour) => colour.includes(typed)).map((value) => ({ text: plain(value), value }));
