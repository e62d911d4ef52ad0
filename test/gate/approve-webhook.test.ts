import { createHmac, generateKeyPairSync, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Ajv from 'ajv';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openApprovals } from '../../src/gate/approve/approvals.ts';
import type { Channel } from '../../src/gate/approve/define.ts';
import { channel as webhook } from '../../src/gate/approve/webhook/channel.ts';
import { PACE, readWebhook, type WebhookEnd } from '../../src/gate/approve/webhook/end.ts';
import { isSigned } from '../../src/gate/approve/webhook/sign.ts';
import { agent, grant, policy } from '../../src/model/policy.fixture.ts';
import type { ApprovalPolicy } from '../../src/model/policy.ts';
import { webhookSchema } from '../../src/schema/webhook.ts';
import { paper, yes } from './approve.fixture.ts';
import { got, refusal, request, trial } from './gate.fixture.ts';

const SECRET_BYTES = Buffer.alloc(32, 7);
const SECRET = `whsec_${SECRET_BYTES.toString('base64')}`;
const FAST = { ...PACE, retries: [5, 5], poll: 5, patience: 2_000 };

const isMessage = new Ajv({ strict: false }).compile(webhookSchema);

interface Got {
  headers: Record<string, string>;
  body: string;
  type: string;
  data: Record<string, unknown> & { id: string; secret: string };
}
type Reply = { status: number; body?: unknown; headers?: Record<string, string>; signed?: Partial<Signed> };
interface Signed {
  secret: Buffer;
  id: string;
  time: number;
}

/** A receiver that answers each message as the test wants. */
async function receiver(reply: (message: Got, all: Got[]) => Reply | Promise<Reply>) {
  const all: Got[] = [];
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (chunk) => (body += chunk));
    incoming.on('end', async () => {
      const said = JSON.parse(body) as Pick<Got, 'type' | 'data'>;
      const message = { headers: incoming.headers as Record<string, string>, body, ...said };
      all.push(message);
      const { status, body: answer, headers, signed = {} } = await reply(message, all);
      const text = answer === undefined ? '' : JSON.stringify(answer);
      const {
        secret = SECRET_BYTES,
        id = message.headers['webhook-id'],
        time = Math.floor(Date.now() / 1000),
      } = signed;
      const made = createHmac('sha256', secret).update(`${id}.${time}.${text}`).digest('base64');
      const own = { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `v1a,x v1,${made}` };
      outgoing.writeHead(status, { ...own, ...headers }).end(text);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  onTestFinished(close);
  return { close, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, all };
}

function endOf(url: string, secret = SECRET): WebhookEnd {
  const end = readWebhook({ url, secret }, FAST);
  if ('wrong' in end) throw new Error(end.wrong);
  return end;
}

async function gateFor(url: string, channel = 'webhook', expiresSeconds = 600) {
  const inbox = paper();
  const kinds: Channel[] = [{ id: 'inbox', suits: () => true, open: async () => inbox }, webhook];
  const told: string[] = [];
  const surroundings = {
    inboxes: '',
    webhook: endOf(url),
    now: Date.now,
    tell: (text: string) => void told.push(text),
  };
  const approvals = await openApprovals(surroundings, kinds);
  onTestFinished(() => approvals.close());
  const terms: ApprovalPolicy = {
    approvers: ['oncall'],
    channel,
    expiresSeconds,
    singleUse: true,
    boundToArguments: true,
  };
  const tools = { 'pay/refund': grant('ask', { because: 'money leaves' }) };
  const inForce = () => ({ policy: policy([agent('desk', { tools, approvals: terms })]), digest: 'sha256:0' });
  const gate = trial({ approve: approvals.approve, inForce });
  return { gate, inbox, told };
}

const call = (id: number, amount = 120) => request(id, 'tools/call', { name: 'refund', arguments: { amount } });
const pending = { status: 204 };
const secretOf = (all: Got[], id: string) =>
  all.find(({ type, data }) => type === 'approval.asked' && data.id === id)?.data.secret;

/** Says this to a look, about the question that it is about. */
const says =
  (said: Record<string, unknown>) =>
  (message: Got, all: Got[]): Reply =>
    message.type === 'approval.poll'
      ? { status: 200, body: { id: message.data.id, secret: secretOf(all, message.data.id), by: 'ada', ...said } }
      : pending;

const until = (what: () => unknown) => vi.waitFor(() => expect(what()).toBeTruthy(), { timeout: 5_000, interval: 5 });
const ended = (gate: Awaited<ReturnType<typeof gateFor>>['gate'], id: number) =>
  until(() => gate.late.some((sent) => got(sent, 'client')?.id === id || got(sent, 'server')?.id === id));

test('the question is signed, an answer runs the call, and the receiver hears that it is over', async () => {
  const { url, all } = await receiver(says({ approve: true, reason: 'checked' }));
  const { gate } = await gateFor(url);
  gate.client(call(1));
  await ended(gate, 1);
  await until(() => all.some(({ type }) => type === 'approval.over'));
  expect(got(gate.late.at(-1), 'server')).toEqual(call(1));
  expect(gate.intents).toMatchObject([
    { approval: { answer: 'approved', by: 'ada', channel: 'webhook', reason: 'checked' } },
  ]);
  const [asked] = all;
  expect(asked?.data).toMatchObject({
    agent: 'desk',
    tool: 'pay/refund',
    arguments: { amount: 120 },
    because: 'money leaves',
    approvers: ['oncall'],
    digest: expect.stringMatching(/^sha256:/),
  });
  expect(Date.parse(String(asked?.data.until)) - Date.parse(String(asked?.data.since))).toBe(600_000);
  for (const { headers, body } of all) {
    expect(isMessage(JSON.parse(body)) ? [] : isMessage.errors).toEqual([]);
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
    expect(id).toMatch(/^msg_[A-Za-z0-9_-]+$/);
    expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(60);
    const made = createHmac('sha256', SECRET_BYTES).update(`${id}.${time}.${body}`).digest('base64');
    expect(signature).toBe(`v1,${made}`);
  }
  expect(new Set(all.map(({ headers }) => headers['webhook-id'])).size, 'an id is of one message').toBe(all.length);
});

test('the one-time secret goes to the receiver and nowhere else, and only with the question', async () => {
  const { url, all } = await receiver(says({ approve: true }));
  const { gate, told } = await gateFor(url);
  gate.client(call(1));
  await ended(gate, 1);
  await until(() => all.some(({ type }) => type === 'approval.over'));
  const secret = String(all[0]?.data.secret);
  expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(all.filter(({ body }) => body.includes(secret))).toHaveLength(1);
  const written = JSON.stringify([gate.late, gate.intents, gate.outcomes, gate.told, told]);
  for (const hidden of [secret, SECRET, SECRET.slice(6), new URL(url).pathname]) expect(written).not.toContain(hidden);
});

test('a denial with a reason reaches the model', async () => {
  const { url } = await receiver(says({ approve: false, reason: 'twice the price' }));
  const { gate } = await gateFor(url);
  gate.client(call(1));
  await ended(gate, 1);
  expect(refusal(gate.late.at(-1))).toBe('ada refused this call of `pay/refund`: twice the price');
});

test.each([
  ['without the secret', { secret: undefined }],
  ['with a secret that was guessed', { secret: 'A'.repeat(43) }],
  ['for another question', { id: 'aaaaaa' }],
  ['from nobody', { by: '' }],
  ['from somebody without end', { by: 'x'.repeat(300) }],
  ['that says neither yes nor no', { approve: 'yes' }],
  ['with a reason that is no text', { reason: { a: 1 } }],
])('an answer %s is worth nothing', async (_, said) => {
  let looks = 0;
  const wrong = says({ approve: true, ...said });
  const { url } = await receiver((message, all) =>
    message.type === 'approval.poll' && ++looks > 2 ? pending : wrong(message, all),
  );
  const { gate, told } = await gateFor(url);
  gate.client(call(1));
  await until(() => looks > 3);
  expect(gate.late).toEqual([]);
  expect(gate.intents).toEqual([]);
  expect(told.filter((text) => text.includes('no answer to the question'))).toHaveLength(1);
});

test.each([
  ['with another secret', { signed: { secret: Buffer.alloc(32, 8) } }],
  ['for another message', { signed: { id: 'msg_another' } }],
  ['long ago', { signed: { time: Math.floor(Date.now() / 1000) - 900 } }],
  ['at no time', { signed: { time: Number.NaN } }],
  ['not at all', { headers: { 'webhook-signature': '' } }],
  ['by something that is none', { headers: { 'webhook-signature': 'v1,AAAA v1, v1' } }],
])('an answer that is signed %s is worth nothing', async (_, how) => {
  let looks = 0;
  const right = says({ approve: true });
  const { url } = await receiver((message, all) => {
    if (message.type === 'approval.poll' && ++looks > 2) return pending;
    return { ...right(message, all), ...how };
  });
  const { gate, told } = await gateFor(url);
  gate.client(call(1));
  await until(() => looks > 3);
  expect(gate.late).toEqual([]);
  expect(told.join()).toContain('is not signed with its secret');
});

test('the secret of one question answers no other', async () => {
  const { url, all } = await receiver((message, seen) => {
    if (message.type !== 'approval.poll') return pending;
    const [first] = seen;
    // Always with the first question's.
    return { status: 200, body: { id: message.data.id, secret: first?.data.secret, approve: true, by: 'ada' } };
  });
  const { gate } = await gateFor(url);
  gate.client(call(1));
  await ended(gate, 1);
  gate.client(call(2, 9_000));
  gate.client(call(3));
  await until(() => all.filter(({ type }) => type === 'approval.poll').length > 6);
  expect(gate.late).toHaveLength(1);
  expect(gate.intents).toHaveLength(1);
});

test('nobody answers in time: refused, and what comes later is worth nothing', async () => {
  let isOpen = false;
  const { url, all } = await receiver((message, seen) => (isOpen ? says({ approve: true })(message, seen) : pending));
  const { gate } = await gateFor(url, 'webhook', 0.1);
  gate.client(call(1));
  await ended(gate, 1);
  isOpen = true;
  await until(() => all.some(({ type }) => type === 'approval.over'));
  const polls = all.filter(({ type }) => type === 'approval.poll').length;
  await new Promise((wait) => setTimeout(wait, 50));
  expect(
    all.filter(({ type }) => type === 'approval.poll'),
    'nobody looks any more',
  ).toHaveLength(polls);
  expect(gate.intents).toMatchObject([{ approval: { answer: 'expired', channel: 'webhook' } }]);
  expect(all.at(-1)?.data).toMatchObject({ answer: 'expired' });
});

test('inbox and webhook at once: the first counts, and the bridge hears who it was', async () => {
  const { url, all } = await receiver(() => pending);
  const { gate, inbox } = await gateFor(url, 'webhook inbox');
  gate.client(call(1));
  await until(() => all.some(({ type }) => type === 'approval.poll'));
  inbox.asked[0]?.answer(yes);
  await until(() => all.some(({ type }) => type === 'approval.over'));
  expect(all.at(-1)?.data).toMatchObject({ id: all[0]?.data.id, answer: 'approved', by: 'ada', channel: 'inbox' });
  expect(gate.intents).toMatchObject([{ approval: { channel: 'inbox' } }]);
});

test('a policy that does not name it keeps it out', async () => {
  const { url, all } = await receiver(says({ approve: true }));
  const { gate, inbox, told } = await gateFor(url, 'slack');
  gate.client(call(1));
  await new Promise((wait) => setTimeout(wait, 50));
  expect(all).toEqual([]);
  expect(inbox.open()).toHaveLength(1);
  expect(told.join()).toContain('`slack`');
});

test('what fails for a while is tried again, under the same id', async () => {
  let tries = 0;
  const { url, all } = await receiver((message, seen) =>
    message.type === 'approval.asked' && ++tries < 3 ? { status: 503 } : says({ approve: true })(message, seen),
  );
  const { gate } = await gateFor(url);
  gate.client(call(1));
  await ended(gate, 1);
  expect(tries).toBe(3);
  expect(new Set(all.slice(0, 3).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(got(gate.late.at(-1), 'server')).toBeDefined();
});

test.each([
  ['does not want it', { status: 410 }, 1, 'HTTP 410'],
  ['fails for good', { status: 500 }, 3, 'HTTP 500'],
  ['sends it elsewhere', { status: 307, headers: { location: '/elsewhere' } }, 1, 'HTTP 307'],
])('a receiver that %s: the call is refused, and says why', async (_, reply, tries, why) => {
  const { url, all } = await receiver(() => reply);
  const { gate } = await gateFor(url);
  gate.client(call(1));
  await ended(gate, 1);
  expect(refusal(gate.late.at(-1))).toContain(why);
  expect(all.filter(({ type }) => type === 'approval.asked')).toHaveLength(tries);
  expect(gate.intents).toMatchObject([{ approval: { answer: 'denied', by: null, channel: 'webhook' } }]);
});

test('nobody is there: refused, without the address', async () => {
  const { url, close } = await receiver(() => pending);
  await close();
  const { gate } = await gateFor(`${url}/hidden-in-the-path`);
  gate.client(call(1));
  await ended(gate, 1);
  expect(refusal(gate.late.at(-1))).toContain('the webhook cannot be reached (ECONNREFUSED)');
  expect(JSON.stringify([gate.late, gate.intents])).not.toContain('hidden-in-the-path');
});

test('an answer without end is not read to its end, and worth nothing', async () => {
  let looks = 0;
  const endless = says({ approve: true, by: 'eve', pad: 'x'.repeat(10_000_000) });
  const { url } = await receiver((message, seen) => {
    if (message.type === 'approval.poll' && ++looks === 1) return endless(message, seen);
    return says({ approve: true })(message, seen);
  });
  const { gate } = await gateFor(url);
  gate.client(call(1));
  await ended(gate, 1);
  expect(looks).toBe(2);
  expect(gate.intents).toMatchObject([{ approval: { by: 'ada' } }]);
});

test('arguments that are too long for a message are asked about in the inbox', async () => {
  const { url, all } = await receiver(() => pending);
  const { gate, inbox } = await gateFor(url);
  gate.client(request(1, 'tools/call', { name: 'refund', arguments: { note: 'x'.repeat(300_000) } }));
  expect(inbox.open()).toHaveLength(1);
  expect(all).toEqual([]);
});

test('Ed25519: what receivers verify without being able to sign', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  for (const bytes of [seed, Buffer.concat([seed, raw])]) {
    const { url, all } = await receiver(says({ approve: true }));
    const surroundings = {
      inboxes: '',
      webhook: endOf(url, `whsk_${bytes.toString('base64')} ${SECRET}`),
      now: Date.now,
      tell: () => undefined,
    };
    const opened = await webhook.open(surroundings);
    const over = new AbortController();
    const waiting = { id: 'abc', agent: 'a', tool: 't', arguments: {}, digest: '', because: '', since: 0, until: 1 };
    const client = { signal: over.signal };
    const nothing = () => undefined;
    const answered = new Promise((answer) =>
      opened?.ask({
        call: waiting,
        approvers: [],
        client,
        over: over.signal,
        lost: nothing,
        paused: nothing,
        answer: (said) => void answer(said),
      }),
    );
    expect(await answered).toMatchObject({ approve: true });
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures = '' } = all[0]?.headers ?? {};
    const [v1a = '', v1 = ''] = signatures.split(' ');
    expect([v1a.slice(0, 4), v1.slice(0, 3)]).toEqual(['v1a,', 'v1,']);
    const content = Buffer.from(`${id}.${time}.${all[0]?.body}`);
    expect(verify(null, content, publicKey, Buffer.from(v1a.slice(4), 'base64'))).toBe(true);
  }
});

test.each([
  ['no URL', 'hook', SECRET],
  ['plain HTTP elsewhere', 'http://hooks.example.com/x', SECRET],
  ['plain HTTP to a name that looks like this machine', 'http://localhost.example.com/', SECRET],
  ['plain HTTP to an address that looks like it', 'http://127.0.0.1.example.com/', SECRET],
  ['another protocol', 'file:///tmp/x', SECRET],
  ['a password in it', 'https://a:b@hooks.example.com/', SECRET],
  ['no secret', 'https://hooks.example.com/', undefined],
  ['a secret that is too short', 'https://hooks.example.com/', 'whsec_AAAA'],
  ['a secret of another kind', 'https://hooks.example.com/', 'hunter2'],
  ['half a key', 'https://hooks.example.com/', 'whsk_AAAA'],
  ['plain HTTP and no shared secret', 'http://127.0.0.1/', `whsk_${Buffer.alloc(32, 1).toString('base64')}`],
])('an end with %s is none, and what is said of it shows neither', (_, url, secret) => {
  const end = readWebhook({ url, secret });
  expect(end).toHaveProperty('wrong');
  const words = JSON.stringify(end);
  if (url.length > 5) expect(words).not.toContain(url);
  if (secret !== undefined) expect(words).not.toContain(secret);
});

test.each(['https://hooks.example.com/x?y=1', 'http://localhost:8080/', 'http://127.0.0.9/', 'http://[::1]:80/'])(
  '%s is one',
  (url) => {
    expect(readWebhook({ url, secret: SECRET })).toHaveProperty('keys');
  },
);

test('with a key that nobody else can sign with, TLS is what tells whose an answer is', () => {
  const end = readWebhook({
    url: 'https://hooks.example.com/',
    secret: `whsk_${Buffer.alloc(32, 1).toString('base64')}`,
  });
  if ('wrong' in end) throw new Error(end.wrong);
  expect(isSigned(end.keys, { id: 'msg_1', body: '{}', time: 0 }, new Headers())).toBe(true);
});
