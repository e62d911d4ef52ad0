import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { digestOf } from '../../src/audit/hash.ts';
import { openLog } from '../../src/audit/log.ts';
import { summarizing } from '../../src/audit/report/summarize.ts';
import type { AuditSummaryReport } from '../../src/model/audit-summary.ts';
import { folderWith, run } from '../cli/fake-io.ts';
import { calls, intent, ORIGIN } from './audit.fixture.ts';

const isReport = new Ajv({ strict: true, strictTypes: false, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync('schemas/audit-report.schema.json', 'utf8')),
);
const MANIFEST = `schemaVersion: 1
agent: { id: refund-desk, owner: payments, environment: production }
autonomy: { initiation: human, review: high-stakes }
approvals: { approvers: [ann], channel: inbox, expires: 15m }
inputs: { untrusted: false }
data: { customers: { classification: internal, source: production } }
tools:
  stripe/create_refund: { effect: write, reversible: false, impact: high, data: [customers], egress: none, access: ask }
  stripe/list_charges: { effect: read, data: [customers], egress: none }
  kb/search: { effect: read, data: [], egress: none }
  stripe/delete_customer: { effect: write, reversible: false, impact: high, data: [customers], egress: none, access: deny }
`;
const answer = (answer: 'approved' | 'denied', by: string, waitedSeconds: number) =>
  ({ answer, by, channel: 'inbox', waitedSeconds, reason: null }) as const;
const NOBODY = { answer: 'expired', by: null, channel: 'inbox', waitedSeconds: 900, reason: null } as const;

/** A generated policy, and a log of calls that it decided. */
async function folder(): Promise<string> {
  const cwd = folderWith({ 'desk.agent.yaml': MANIFEST });
  expect((await run(cwd, ['generate', 'desk.agent.yaml', '-t', 'policy'])).code).toBe(0);
  const policy = digestOf(readFileSync(join(cwd, '.stakes/refund-desk/policy.json'), 'utf8'));
  const log = openLog({ folder: join(cwd, 'log'), keys: join(cwd, 'keys'), origin: ORIGIN, durable: false });
  const say = (outcome: 'ok' | 'refused' | 'lost', settledUsd: number, more: Parameters<typeof intent>[0]) =>
    log.outcome({ intent: log.intent(intent({ policy, ...more })), outcome, settledUsd, durationMs: 5 });
  calls(log, 5, { policy, tool: 'stripe/list_charges' });
  say('ok', 12.5, { decision: 'ask', approval: answer('approved', 'ann', 20) });
  say('refused', 0, { decision: 'ask', approval: answer('denied', 'ann', 40) });
  say('refused', 0, { decision: 'ask', approval: NOBODY });
  say('refused', 0, { decision: 'deny', rule: 'denied', tool: 'stripe/delete_customer' });
  log.intent(intent({ policy, decision: 'ask', approval: answer('approved', 'bob', 5), reservedUsd: 3 }));
  say('ok', 0, { mode: 'shadow', decision: 'deny', rule: 'unlisted-tool', tool: 'mail/send', session: 's-2' });
  say('ok', 0, { agent: 'night-desk', policy: `sha256:${'9'.repeat(64)}`, tool: 'x/y' });
  log.close();
  return cwd;
}

async function json(cwd: string, ...argv: string[]): Promise<AuditSummaryReport> {
  const { out } = await run(cwd, ['audit', 'report', 'log', ...argv, '-f', 'json']);
  expect(isReport(JSON.parse(out)), JSON.stringify(isReport.errors)).toBe(true);
  return JSON.parse(out) as AuditSummaryReport;
}

test('what an agent did, with what its policy says of the tools', async () => {
  const { agents, calls: all, policies } = await json(await folder());
  expect(all).toBe(12);
  const [desk, night] = agents;
  expect(desk).toMatchObject({
    agent: 'refund-desk',
    calls: 11,
    sessions: 2,
    decisions: { allow: 5, ask: 4, deny: 2 },
    outcomes: { ok: 7, refused: 3, none: 1, lost: 0 },
    highStakes: { calls: 4, unknown: 1 },
    usd: { settled: 12.5, open: 3 },
    shadow: 1,
    denials: [
      { rule: 'denied', calls: 1 },
      { rule: 'unlisted-tool', calls: 1 },
    ],
    quiet: ['kb/search'],
    others: 0,
  });
  expect(desk?.tools.map(({ tool, calls: count, highStakes }) => [tool, count, highStakes])).toEqual([
    ['stripe/list_charges', 5, false],
    ['stripe/create_refund', 4, true],
    ['mail/send', 1, null],
    ['stripe/delete_customer', 1, false],
  ]);
  expect(desk?.approvals).toEqual([
    { by: 'ann', approved: 1, denied: 1, expired: 0, waitedMean: 30, waitedLongest: 40 },
    { by: null, approved: 0, denied: 0, expired: 1, waitedMean: 900, waitedLongest: 900 },
    { by: 'bob', approved: 1, denied: 0, expired: 0, waitedMean: 5, waitedLongest: 5 },
  ]);
  expect(night).toMatchObject({ agent: 'night-desk', highStakes: { calls: 0, unknown: 1 }, quiet: null });
  expect(policies.map(({ file, calls: some }) => [file, some])).toEqual([
    ['.stakes/refund-desk/policy.json', 11],
    [null, 1],
  ]);
});

test('one page of text, and one of Markdown', async () => {
  const cwd = await folder();
  const { out, err, code } = await run(cwd, ['audit', 'report', 'log', '--agent', 'refund-desk']);
  expect(code).toBe(0);
  expect(err).toContain('not verified');
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(out.split('\n').length).toBeLessThan(50);
  for (const words of [
    'ann: 1 approved, 1 denied, after 30 s',
    'may call and did not: kb/search',
    '$12.50',
    'not verified',
  ])
    expect(out).toContain(words);
  expect(out).not.toContain('night-desk');
  const page = (await run(cwd, ['audit', 'report', 'log', '--verify', '--key', 'keys/signing.pub', '-f', 'markdown']))
    .out;
  expect(page).toContain('# What agents did');
  expect(page).toContain('| `stripe/create_refund` | 4 | 4 asked | $12.50 | high-stakes |');
  expect(page).toContain('| intact |');
});

describe('what is not known is not passed over', () => {
  test('without a policy no call is said to be harmless, and no tool to be quiet', async () => {
    const cwd = await folder();
    const empty = folderWith({ 'other.json': '{}' });
    const { out, code } = await run(empty, ['audit', 'report', join(cwd, 'log')]);
    expect(code).toBe(0);
    expect(out).toContain('of 11 calls no policy that was given says');
    expect(out).toContain('no policy of this agent was given');
    const wrong = await run(empty, ['audit', 'report', join(cwd, 'log'), '--policy', 'other.json']);
    expect(wrong.code).toBe(2);
  });

  test('an agent of a policy that made no call in the time is told with its tools', async () => {
    const { agents, calls: all } = await json(await folder(), '--since', '2199-01-01');
    expect(all).toBe(0);
    expect(agents).toMatchObject([
      { agent: 'refund-desk', calls: 0, first: null, quiet: expect.arrayContaining(['kb/search']) },
    ]);
  });

  test('a log that is broken says so, and the exit code, too', async () => {
    const cwd = await folder();
    const file = join(cwd, 'log/segment-000001.jsonl');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"approved"', '"denied"'));
    const { out, err, code } = await run(cwd, ['audit', 'report', 'log', '--key', 'keys/signing.pub']);
    expect(code).toBe(1);
    expect(err).toContain('broken: `log`');
    expect(out).toContain('broken');
  });
});

test('a stranger can make up a million names, and the memory ends', () => {
  const summary = summarizing([], []);
  const base = {
    ...intent(),
    seq: 1,
    time: '2026-11-01T00:00:00.000Z',
    log: 'l',
    outcome: 'ok',
    settledUsd: 0,
    durationMs: 0,
  } as const;
  for (let i = 0; i < 20_000; i++)
    summary.add({
      ...base,
      arguments: '',
      fields: {},
      agent: `a-${i % 300}`,
      tool: `t-${i}`,
      rule: `r-${i}`,
      decision: 'deny',
      session: `${i}`,
    });
  for (let i = 0; i < 3000; i++) summary.add({ ...base, arguments: '', fields: {}, agent: 'a-1', tool: `u-${i}` });
  const { agents, calls: all } = summary.end();
  expect(all).toBe(23_000);
  expect(agents).toHaveLength(201);
  expect(agents.reduce((sum, agent) => sum + agent.calls, 0)).toBe(all);
  const most = Math.max(...agents.map(({ tools }) => tools.length));
  expect(most).toBe(1000);
  expect(agents.find(({ agent }) => agent === 'a-1')?.others).toBeGreaterThan(2000);
});
