// What the conformance suite asks of a server, as its scenarios name it.
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const SILENCE = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=';
const text = (words) => ({ type: 'text', text: words });
const image = { type: 'image', data: PIXEL, mimeType: 'image/png' };
const embedded = (uri, words, mimeType = 'text/plain') => ({
  type: 'resource',
  resource: { uri, mimeType, text: words },
});
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

const anything = { type: 'object', properties: {} };
const needs = (name) => ({ type: 'object', properties: { [name]: { type: 'string' } }, required: [name] });
const choices = ['one', 'two', 'three'];
const titled = choices.map((value) => ({ const: value, title: `the ${value}` }));

/** A form that a user is shown. */
const form = (properties, required = []) => ({
  mode: 'form',
  message: 'please fill this in',
  requestedSchema: { type: 'object', properties, required },
});
const DEFAULTS = form({
  name: { type: 'string', default: 'John Doe' },
  age: { type: 'integer', default: 30 },
  score: { type: 'number', default: 95.5 },
  status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
  verified: { type: 'boolean', default: true },
});
const ENUMS = form({
  untitledSingle: { type: 'string', enum: choices },
  titledSingle: { type: 'string', oneOf: titled },
  legacyEnum: { type: 'string', enum: choices, enumNames: ['One', 'Two', 'Three'] },
  untitledMulti: { type: 'array', minItems: 1, maxItems: 3, items: { type: 'string', enum: choices } },
  titledMulti: { type: 'array', minItems: 1, maxItems: 3, items: { anyOf: titled } },
});

const elicited = async (ask, params) => {
  const { action, content = {} } = await ask('elicitation/create', params);
  return [text(`action=${action}, content=${JSON.stringify(content)}`)];
};

/** By name: what a call takes, and what it does; `tell` sends a notification and `ask` a request to the client. */
export const TOOLS = {
  test_simple_text: { run: () => [text('This is a simple text response for testing.')] },
  test_image_content: { run: () => [image] },
  test_audio_content: { run: () => [{ type: 'audio', data: SILENCE, mimeType: 'audio/wav' }] },
  test_embedded_resource: { run: () => [embedded('test://embedded-resource', 'This is embedded.')] },
  test_multiple_content_types: {
    run: () => [text('several:'), image, embedded('test://mixed', '{"test":"data","value":123}', 'application/json')],
  },
  test_tool_with_logging: {
    async run({ tell }) {
      for (const data of ['started', 'in the middle', 'at its end']) {
        await tell('notifications/message', { level: 'info', data });
        await wait(50);
      }
      return [text('logged')];
    },
  },
  test_tool_with_progress: {
    async run({ tell, progressToken = 0 }) {
      for (const progress of [0, 50, 100]) {
        await tell('notifications/progress', { progressToken, progress, total: 100 });
        await wait(50);
      }
      return [text(String(progressToken))];
    },
  },
  test_error_handling: {
    run() {
      throw new Error('This tool intentionally returns an error for testing');
    },
  },
  test_reconnection: {
    async run({ closeStream }) {
      closeStream?.();
      await wait(100);
      return [text('answered after the stream was closed')];
    },
  },
  test_sampling: {
    inputSchema: needs('prompt'),
    async run({ ask, values }) {
      const messages = [{ role: 'user', content: text(values.prompt) }];
      const { content } = await ask('sampling/createMessage', { messages, maxTokens: 100 });
      return [text(`the model says: ${content.text}`)];
    },
  },
  test_elicitation: {
    inputSchema: needs('message'),
    run: ({ ask, values }) =>
      elicited(ask, { ...form({ response: { type: 'string' } }, ['response']), message: values.message }),
  },
  test_elicitation_sep1034_defaults: { run: ({ ask }) => elicited(ask, DEFAULTS) },
  test_elicitation_sep1330_enums: { run: ({ ask }) => elicited(ask, ENUMS) },
  json_schema_2020_12_tool: {
    inputSchema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      $defs: { address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } } },
      properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
      additionalProperties: false,
    },
    run: () => [text('taken')],
  },
};
export const toolList = Object.entries(TOOLS).map(([name, { inputSchema = anything }]) => ({
  name,
  description: `tests ${name}`,
  inputSchema,
}));

export const RESOURCES = {
  'test://static-text': { mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
  'test://static-binary': { mimeType: 'image/png', blob: PIXEL },
  'test://watched-resource': { mimeType: 'text/plain', text: 'watched' },
};
export const TEMPLATE = 'test://template/{id}/data';
export function resource(uri) {
  const id = /^test:\/\/template\/(\w+)\/data$/.exec(uri)?.[1];
  const found = id ? { mimeType: 'application/json', text: JSON.stringify({ id, data: `of ${id}` }) } : RESOURCES[uri];
  if (found === undefined) throw new Error(`there is no ${uri}`);
  return { contents: [{ uri, ...found }] };
}

const argument = (name) => ({ name, description: name, required: true });
const said = (...contents) => ({ messages: contents.map((content) => ({ role: 'user', content })) });
export const PROMPTS = {
  test_simple_prompt: { arguments: [], run: () => said(text('This is a simple prompt for testing.')) },
  test_prompt_with_arguments: {
    arguments: [argument('arg1'), argument('arg2')],
    run: ({ arg1, arg2 }) => said(text(`arg1='${arg1}', arg2='${arg2}'`)),
  },
  test_prompt_with_embedded_resource: {
    arguments: [argument('resourceUri')],
    run: ({ resourceUri }) => said(embedded(resourceUri, 'Embedded resource content for testing.'), text('read it')),
  },
  test_prompt_with_image: { arguments: [], run: () => said(image, text('look at it')) },
};
