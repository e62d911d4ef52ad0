// What both servers offer, so that what comes through a gate can be compared.
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

export const CAPABILITIES = {
  tools: { listChanged: true },
  resources: { listChanged: true, subscribe: true },
  prompts: { listChanged: true },
  completions: {},
  logging: {},
};
export const MODEL_QUESTION = {
  messages: [{ role: 'user', content: { type: 'text', text: 'what is six times seven?' } }],
  maxTokens: 10,
};
export const USER_QUESTION = {
  message: 'who are you?',
  requestedSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
};

const said = (text) => ({ content: [{ type: 'text', text: String(text) }] });
const resultOf = (answer) => (typeof answer === 'string' ? said(answer) : answer);

/** `sdk`: how this version of the SDK does what the other does in another way. */
export function furnish(server, sdk) {
  let cancelled = 0;
  const tool = (name, inputSchema, run) =>
    server.registerTool(name, { description: `does ${name}`, inputSchema: z.object(inputSchema) }, run);
  tool('list', { of: z.string() }, ({ of }) => said(`a list of ${of}`));
  tool('fail', {}, () => ({ ...said('it went wrong'), isError: true }));
  tool('drop', {}, () => said('dropped'));
  tool('refund', { amount: z.number() }, ({ amount }) => said(`refunded ${amount}`));
  tool('slow', {}, async (_, context) => {
    const progressToken = sdk.tokenOf(context);
    for (const progress of [1, 2, 3]) {
      await sdk.notify(context, { method: 'notifications/progress', params: { progressToken, progress, total: 3 } });
      // A client forgets whom to tell once the answer is there, and some read the answer first.
      await wait(30);
    }
    return said('done');
  });
  tool('hang', {}, async (_, context) => {
    const signal = sdk.signalOf(context);
    await sdk.notify(context, {
      method: 'notifications/progress',
      params: { progressToken: sdk.tokenOf(context), progress: 1 },
    });
    await new Promise((aborted) => signal.addEventListener('abort', aborted));
    cancelled++;
    return said('too late');
  });
  tool('cancelled', {}, () => said(cancelled));
  tool('announce', {}, async (_, context) => {
    await sdk.log(context, 'a line of a log');
    server.sendToolListChanged();
    await server.server.sendResourceUpdated({ uri: 'peer://one' });
    return said('announced');
  });
  tool('ask_model', {}, async (_, context) => resultOf(await sdk.askModel(context)));
  tool('ask_user', {}, async (_, context) => resultOf(await sdk.askUser(context)));

  const contents = (uri, text) => ({ contents: [{ uri: uri.href, text, mimeType: 'text/plain' }] });
  server.registerResource('one', 'peer://one', { mimeType: 'text/plain' }, (uri) => contents(uri, 'the first'));
  const pages = new sdk.ResourceTemplate('peer://pages/{name}', {
    list: undefined,
    complete: { name: (start) => ['alpha', 'beta'].filter((name) => name.startsWith(start)) },
  });
  server.registerResource('page', pages, {}, (uri, { name }) => contents(uri, `the page ${name}`));
  server.registerPrompt('greet', { argsSchema: { who: z.string() } }, ({ who }) => ({
    messages: [{ role: 'user', content: { type: 'text', text: `greet ${who}` } }],
  }));
}
