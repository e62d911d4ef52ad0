import { expect, test } from 'vitest';
import { fromClient } from '../../src/gate/from-client.ts';
import { openRelay } from '../../src/gate/relay.ts';
import type { StartedServer } from '../../src/gate/stdio/server.ts';
import type { Tokens } from '../../src/gate/tokens/open.ts';
import { NO_TOKEN, withTokens } from '../../src/gate/tokens/side.ts';
import { TOKEN_META } from '../../src/model/token.ts';
import { call, request, trial } from './gate.fixture.ts';
import { REFUND } from './tokens.fixture.ts';

function side(got: string[]): StartedServer & { full: boolean; free(): void } {
  let then: () => void = () => undefined;
  return {
    full: false,
    send: (line) => void got.push(line),
    flush() {
      return !this.full;
    },
    onceFree: (next) => {
      then = next;
    },
    free() {
      this.full = false;
      then();
    },
    pause: () => undefined,
    resume: () => undefined,
    listen: () => undefined,
    stop: () => void got.push('{"id":"stopped"}'),
  };
}

/** A gate whose tokens come when they are told to. */
function gated() {
  const waiting: { id: string; give(token: string): void; fail(): void }[] = [];
  const tokens: Tokens = {
    tokenFor: ({ id }) =>
      new Promise((give, fail) => waiting.push({ id, give, fail: () => fail(new Error('the endpoint is away')) })),
    tokenForConnection: () => Promise.reject(new Error('there is no connection')),
    clean: (text) => text,
    jwks: async () => ({ keys: [] }),
  };
  const made = trial({ tokens });
  const [toClient, toServer]: [string[], string[]] = [[], []];
  const server = side(toServer);
  const given = withTokens(server, tokens);
  given.listen({ messages: () => undefined, end: () => undefined, tell: made.session.tell });
  const setting = {
    ...made.session.setting,
    log: { ...made.session.setting.log, together: (step: () => void) => step() },
  };
  const relay = openRelay(setting, side(toClient), given, made.session.tell);
  const client = (...messages: unknown[]) => relay.fromClient(messages.map((message) => JSON.stringify(message)));
  const settled = () => new Promise((done) => setImmediate(done));
  return { ...made, client, waiting, toClient, toServer, server, given, settled, relay };
}

const ids = (lines: readonly string[]) =>
  lines.map((line) => {
    const { id, method } = JSON.parse(line) as { id?: number; method?: string };
    return id ?? method;
  });

test('what comes later waits for a call that waits for its token, and each gets its own', async () => {
  const { client, waiting, toServer, settled } = gated();
  client(call(1, 'refund', REFUND), call(2, 'list', {}));
  client({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  client(request(3, 'tools/list'));
  expect(toServer).toEqual([]);
  waiting[1]?.give('second');
  await settled();
  expect(toServer).toEqual([]);
  waiting[0]?.give('first');
  await settled();
  expect(ids(toServer)).toEqual([1, 2, 'notifications/cancelled', 3]);
  expect(toServer.map((line) => JSON.parse(line).params?._meta?.[TOKEN_META])).toEqual([
    'first',
    'second',
    undefined,
    undefined,
  ]);
  client(request(4, 'tools/list'));
  expect(ids(toServer).at(-1)).toBe(4);
});

test('the rest of the call is what was judged; what a client puts in the place of the token is gone', async () => {
  const { client, waiting, toServer, settled } = gated();
  const _meta = { progressToken: 7, [TOKEN_META.toUpperCase()]: 'mine' };
  client(request(1, 'tools/call', { name: 'refund', arguments: REFUND, _meta }));
  waiting[0]?.give('real');
  await settled();
  expect(JSON.parse(toServer[0] ?? '')).toEqual(
    request(1, 'tools/call', { name: 'refund', arguments: REFUND, _meta: { progressToken: 7, [TOKEN_META]: 'real' } }),
  );
});

test('a call without a token is refused: the server never sees it, its money is free again, and its record says so', async () => {
  const { client, waiting, toServer, toClient, settled, outcomes, intents, told, relay } = gated();
  client(call(1, 'refund', REFUND), call(2, 'list', {}));
  expect(intents).toMatchObject([{ decision: 'allow', reservedUsd: 1.2 }, { decision: 'allow' }]);
  waiting[0]?.fail();
  waiting[1]?.give('second');
  await settled();
  expect(ids(toServer)).toEqual([2]);
  expect(JSON.parse(toClient[0] ?? '')).toMatchObject({
    id: 1,
    result: { isError: true, content: [{ text: NO_TOKEN }] },
  });
  expect(outcomes).toMatchObject([{ intent: 0, outcome: 'refused', settledUsd: 0 }]);
  expect(told).toEqual(['a call has no token and was refused: the endpoint is away']);
  expect([...relay.session.pending.keys()]).toEqual(['#2']);
});

test('no token is asked for before the call is decided, or for one that is denied or waits for a person', () => {
  const { client, waiting } = gated();
  client(call(1, 'drop', {}), call(2, 'refund', { amount: 9000, charge: 'ch_12345678' }), request(3, 'ping'));
  expect(waiting).toEqual([]);
});

test('each token names its call in the records', () => {
  const { client, waiting } = gated();
  client(call(1, 'list', {}), call(2, 'list', { limit: 2 }));
  expect(waiting.map(({ id }) => id)).toEqual(['s-1.0', 's-1.1']);
});

test('a client is slowed down while too many calls wait, and a server that does not read slows it, too', async () => {
  const { client, waiting, given, server, settled, toServer } = gated();
  client(...Array.from({ length: 300 }, (_, id) => call(id, 'list', { id })));
  const most = waiting.length;
  expect(most).toBeGreaterThan(20);
  server.full = true;
  expect(given.flush()).toBe(false);
  let isFree = false;
  given.onceFree(() => {
    isFree = true;
  });
  for (const { give } of waiting) give('token');
  await settled();
  expect(isFree).toBe(false);
  given.stop();
  expect(ids(toServer).at(-1), 'a server that does not read can be ended').toBe('stopped');
  server.free();
  expect(isFree).toBe(true);
  expect(given.flush()).toBe(true);
});

test('the server is not ended before what waits has been sent', async () => {
  const { client, waiting, given, toServer, settled } = gated();
  client(call(1, 'list', {}));
  given.stop();
  expect(toServer).toEqual([]);
  waiting[0]?.give('token');
  await settled();
  expect(ids(toServer)).toEqual([1, 'stopped']);
  given.stop();
  expect(ids(toServer)).toEqual([1, 'stopped', 'stopped']);
});

test('the bare session hands out what a token needs', () => {
  const { session } = trial();
  const sent = fromClient(session, JSON.stringify(call(1, 'refund', REFUND)));
  expect(sent).toMatchObject({ call: { id: 's-1.0', asked: { tool: 'pay/refund' } } });
});
