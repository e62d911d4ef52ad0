import { spawn } from 'node:child_process';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, onTestFinished, test } from 'vitest';
import type { Policy } from '../../src/model/policy.ts';
import { createWorkspace } from '../../src/probe/workspace.ts';
import { gated, peerPolicy, peerServer } from './gate-peers/gated.ts';
import { CLIENT, type Said } from './gate-peers/peer.ts';
import { verified } from './gate-peers/stakes.ts';

type Started = { command: string; args: string[]; env: Record<string, string> };
type Asked = { message: string };
type Answer = { action: 'accept' | 'decline' | 'cancel'; content?: Record<string, string> };
type User = (asked: Asked) => Answer;
interface Peer {
  call(values: Record<string, unknown>): Promise<Said>;
  close(): Promise<void>;
}

const capabilities = { elicitation: {} };

/** The same gate, where clients connect to a URL. */
async function listening({ command, args, env }: Started): Promise<{ url: string }> {
  const at = args.indexOf('--');
  const all = [...args.slice(0, at), '--listen', '127.0.0.1:0', '--no-client-token', ...args.slice(at)];
  const child = spawn(command, all, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill('SIGTERM'));
  let said = '';
  return new Promise((done, fail) => {
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const [url] = /http:\S+/.exec(said) ?? [];
      if (url !== undefined) done({ url });
    });
    child.on('close', () => fail(new Error(said)));
  });
}

async function v1(place: Started, user: User): Promise<Peer> {
  const client = new ClientV1(CLIENT, { capabilities });
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => user(params));
  await client.connect(new TransportV1({ ...place, stderr: 'ignore' }) as Parameters<ClientV1['connect']>[0]);
  return {
    call: async (values) => (await client.callTool({ name: 'refund', arguments: values })) as Said,
    close: () => client.close(),
  };
}

async function v2(mode: 'auto' | 'legacy', place: Started | { url: string }, user: User): Promise<Peer> {
  const client = new Client(CLIENT, { capabilities, versionNegotiation: { mode } });
  client.setRequestHandler('elicitation/create', ({ params }) => user(params));
  const transport =
    'url' in place
      ? new StreamableHTTPClientTransport(new URL(place.url))
      : new StdioClientTransport({ ...place, stderr: 'ignore' });
  await client.connect(transport);
  expect(client.getNegotiatedProtocolVersion()).toBe(mode === 'auto' ? '2026-07-28' : '2025-11-25');
  return {
    call: (values) => client.callTool({ name: 'refund', arguments: values }),
    close: () => client.close(),
  };
}

const CLIENTS = {
  v1,
  'v2 in the way of v1': (place: Started, user: User) => v2('legacy', place, user),
  v2: (place: Started, user: User) => v2('auto', place, user),
  'v2 in the way of v1, over HTTP': async (place: Started, user: User) => v2('legacy', await listening(place), user),
  'v2, over HTTP': async (place: Started, user: User) => v2('auto', await listening(place), user),
};

/** The person who starts the session approves, in the client. */
function attended(): Policy {
  const policy = peerPolicy({ refund: 'ask' });
  for (const agent of Object.values(policy.agents)) {
    agent.attended = true;
    if (agent.approvals !== null) Object.assign(agent.approvals, { approvers: [], channel: 'elicitation' });
  }
  return policy;
}

test.each(Object.keys(CLIENTS) as (keyof typeof CLIENTS)[])(
  'the user of %s is shown the call, and decides',
  async (name) => {
    const at = createWorkspace();
    onTestFinished(at.remove);
    const seen: string[] = [];
    const answers: Answer[] = [
      { action: 'accept', content: { answer: 'approve' } },
      { action: 'accept', content: { answer: 'deny', reason: 'once is enough' } },
      { action: 'decline' },
      { action: 'cancel' },
    ];
    const place = gated(at, attended(), peerServer('server-v2')) as Started;
    const peer = await CLIENTS[name](place, ({ message }) => {
      seen.push(message);
      return answers[seen.length - 1] ?? { action: 'cancel' };
    });
    onTestFinished(() => peer.close());
    expect(await peer.call({ amount: 5 })).toMatchObject({ content: [{ text: 'refunded 5' }] });
    for (const [amount, why] of [
      [6, 'once is enough'],
      [7, "the client's user refused this call"],
      [8, 'closed without an answer'],
    ] as const) {
      const said = await peer.call({ amount });
      expect(said).toMatchObject({ isError: true, content: [{ text: expect.stringContaining(why) }] });
    }
    expect(seen.map((message) => /"amount": (\d)/.exec(message)?.[1])).toEqual(['5', '6', '7', '8']);
    await peer.close();
    const { code, said } = await verified(at);
    expect(said).toContain('4 calls and 1 outcome');
    expect(code).toBe(0);
  },
);
