import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { ProofReport } from '../../src/model/proof.ts';
import { folderWith, manifest, run } from '../cli/fake-io.ts';

const DESK = manifest(
  'desk',
  'autonomy: { initiation: human, review: high-stakes }',
  'approvals: { approvers: [ana], channel: inbox }',
  'data: { orders: { classification: internal, source: staging } }',
  'limits: { callsPerMinute: 1, repeatsPerCall: 1 }',
  'mcpServers: { shop: { command: touch, args: [started, --agent, x] }, desk: { url: "https://desk.example/mcp" } }',
  'tools:',
  '  shop/list: { effect: read, data: [orders], egress: none, maxCallsPerDay: 1, arguments: { type: object, properties: { page: { type: integer, maximum: 9 } } } }',
  '  shop/refund: { effect: write, reversible: false, impact: high, data: [orders], egress: none }',
  '  shop/drop: { effect: write, access: deny }',
  '  desk/look: { effect: read, data: [orders], egress: none }',
);

async function bundle() {
  const folder = folderWith({ 'desk.agent.yaml': DESK, '.git/HEAD': '' });
  mkdirSync(join(folder, 'bin'));
  symlinkSync(resolve('bin/stakes.js'), join(folder, 'bin/stakes'));
  const env = { PATH: [join(folder, 'bin'), dirname(process.execPath)].join(delimiter) };
  expect((await run(folder, ['generate', '-t', 'gate,policy'])).code).toBe(0);
  const path = (name: string) => join(folder, '.stakes/desk', name);
  const edit = (name: string, change: (text: string) => string) =>
    writeFileSync(path(name), change(readFileSync(path(name), 'utf8')));
  const prove = async () => {
    const { code, out } = await run(folder, ['prove', '-f', 'json'], { env });
    const [proof] = (JSON.parse(out) as ProofReport).results[0]?.engines ?? [];
    return { code, state: proof?.state, reason: proof?.reason, probes: proof?.probes ?? [] };
  };
  return { folder, edit, prove };
}

test('the real gate is tried in front of servers that only pretend: what runs, what asks, what is refused', async () => {
  const { prove } = await bundle();
  const { code, state, probes } = await prove();
  expect([code, state]).toEqual([0, 'proven']);
  const outcomes = new Map(probes.map(({ tool, attempt, observed }) => [`${tool} ${attempt}`.trim(), observed]));
  expect(Object.fromEntries(outcomes)).toMatchObject({
    'shop/list': 'ran',
    'shop/list with `/page` outside of its schema': 'refused',
    'shop/refund': 'asked',
    'shop/drop': 'refused',
    'shop/stakes_unlisted': 'refused',
    'desk/look': 'ran',
    'desk/stakes_unlisted': 'refused',
  });
}, 60_000);

test('a policy that was edited lets through what it must not, and that is found', async () => {
  const { edit, prove } = await bundle();
  edit('policy.json', (text) => text.replaceAll('"decision": "deny"', '"decision": "allow"'));
  const { code, state, probes } = await prove();
  expect([code, state]).toEqual([1, 'failed']);
  expect(probes.filter(({ verdict }) => verdict === 'mismatch')).toMatchObject([
    { tool: 'shop/drop', observed: 'ran' },
  ]);
}, 60_000);

test('a configuration that was edited could start anything, and starts nothing', async () => {
  const { edit, prove } = await bundle();
  edit('gate/mcp.json', (text) => text.replace('"stakes"', '"touch"'));
  expect(await prove()).toMatchObject({ code: 1, state: 'failed', reason: expect.stringContaining('is not what') });
});

test('a policy that the gate does not take is a failed proof, with its words', async () => {
  const { edit, prove } = await bundle();
  edit('policy.json', () => '{');
  expect(await prove()).toMatchObject({
    code: 1,
    state: 'failed',
    reason: expect.stringContaining('this ends before its JSON does'),
  });
}, 60_000);
