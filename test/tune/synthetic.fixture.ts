import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { digestOf } from '../../src/audit/hash.ts';
import { type Intent, type Log, openLog } from '../../src/audit/log.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { Manifest, ToolFacts } from '../../src/model/manifest.ts';
import type { ApprovalRecord } from '../../src/model/record.ts';
import { buildPolicy } from '../../src/policy/build.ts';

const DAY = 86_400_000;
/** The first day of the records; tests name the period. */
export const BEGIN = Date.parse('2026-08-01T00:00:00Z');
export const DAYS = 60;
/** Calls a day that are refused, and so have one record and not two. */
const REFUSED = 16;
export const PERIOD = ['--since', '2026-08-01', '--until', '2026-09-29'] as const;

const free: ToolFacts = { effect: 'write', reversible: true, impact: 'low', data: ['orders'], egress: 'none' };
const grave: ToolFacts = { effect: 'write', reversible: false, impact: 'high', data: ['orders'], egress: 'none' };

/** An agent with eight things about it that its records speak against, and as many that they do not. */
export const manifest: Manifest = {
  schemaVersion: 1,
  agent: { id: 'order-desk', owner: 'orders', environment: 'production' },
  concern: 'security',
  autonomy: { initiation: 'event', review: 'high-stakes' },
  approvals: { approvers: ['orders-oncall'], channel: 'inbox', expires: '15m' },
  inputs: { untrusted: false },
  data: { orders: { classification: 'internal', source: 'production' } },
  mcpServers: { shop: { command: 'shop-server' }, mail: { command: 'mail-server' }, files: { command: 'file-server' } },
  tools: {
    'shop/list_orders': { effect: 'read', data: ['orders'], egress: 'none', scopes: ['orders:read'] },
    'shop/update_note': { ...free, access: 'ask', scopes: ['orders:write'] },
    'shop/refund': { ...grave, access: 'ask', scopes: ['orders:write'], record: ['/amount', '/reason'] },
    'shop/cancel': { ...grave, access: 'ask', scopes: ['orders:write'], maxCallsPerDay: 16 },
    'shop/export_all': { ...free, access: 'allow', scopes: ['orders:export'] },
    'shop/tag': { ...free, access: 'allow', scopes: ['orders:write'], maxCallsPerDay: 5000 },
    'shop/set_priority': { ...free, access: 'allow', scopes: ['orders:write'], record: ['/level', '/note'] },
    'mail/notify': { ...free, access: 'allow', maxCallsPerDay: 40 },
    'mail/digest': { ...free, access: 'allow', maxCallsPerDay: 12 },
    'files/read': { effect: 'read', data: ['orders'], egress: 'none' },
  },
  network: { egress: 'none' },
  filesystem: { read: [], write: [] },
  credentials: {
    SHOP_KEY: { servers: ['shop'], mode: 'live', scopes: ['orders:read', 'orders:write', 'orders:export'], ttl: '15m' },
  },
  limits: { usdPerDay: 20, turnsPerSession: 40, tokensPerSession: 400_000, callsPerMinute: 4000, repeatsPerCall: 6 },
  controls: {
    sandbox: { by: 'gVisor', evidence: 'runbook/1' },
    'audit-log': { evidence: 'runbook/2' },
    'signed-audit': { evidence: 'runbook/3' },
    'deny-by-default': { evidence: 'runbook/4' },
  },
};

/** What the records speak for, and nothing else. */
export const PLANTED = [
  'bound-gate:order-desk:shop/refund',
  'drop-scope:order-desk:SHOP_KEY',
  'drop-tool:order-desk:shop/export_all',
  'fit-limits:order-desk:callsPerMinute',
  'lower-cap:order-desk:shop/tag',
  'narrow-arguments:order-desk:shop/set_priority',
  'open-gate:order-desk:shop/update_note',
  'raise-cap:order-desk:mail/notify',
] as const;

/** The same numbers for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Synthetic {
  manifest: string;
  records: string;
  key: string;
}

interface Planned {
  at: number;
  server: 'shop' | 'mail';
  said: Partial<Intent> & Pick<Intent, 'tool'>;
}

/** A manifest, its policy and at least so many records of it, two for each call, in a folder. */
export function writeSynthetic(folder: string, records: number, seed = 7): Synthetic {
  const policy = buildPolicy(agentOf(manifest));
  if (policy.state !== 'ok') throw new Error('the manifest has no policy');
  const text = `${JSON.stringify(policy.value, null, 2)}\n`;
  mkdirSync(join(folder, '.stakes/order-desk'), { recursive: true });
  writeFileSync(join(folder, '.stakes/order-desk/policy.json'), text);
  writeFileSync(join(folder, 'order-desk.agent.yaml'), stringify(manifest));
  const roll = random(seed);
  let now = BEGIN;
  const open = (server: string) =>
    openLog({
      folder: join(folder, `records/order-desk-${server}`),
      keys: join(folder, 'keys'),
      origin: `stakes/order-desk/${server}`,
      durable: false,
      now: () => now,
    });
  const logs = { shop: open('shop'), mail: open('mail') };
  const base = {
    agent: 'order-desk',
    record: [],
    decision: 'allow' as const,
    rule: 'allowed',
    reason: 'as the policy says',
    policy: digestOf(text),
    mode: 'enforce' as const,
    approval: null,
    reservedUsd: 0,
  };
  for (let day = 0; day < DAYS; day++) {
    const plans = plansOf(day, Math.ceil(records / DAYS / 2) + REFUSED, roll);
    for (const [index, { at, server, said }] of plans.sort((a, b) => a.at - b.at).entries()) {
      now = BEGIN + day * DAY + at;
      const session = `s-${day}-${Math.floor(index / 40)}`;
      write(logs[server], { ...base, session, arguments: { n: index }, ...said });
    }
  }
  for (const log of Object.values(logs)) log.close();
  return {
    manifest: join(folder, 'order-desk.agent.yaml'),
    records: join(folder, 'records'),
    key: join(folder, 'keys/signing.pub'),
  };
}

function write(log: Log, said: Intent): void {
  const intent = log.intent(said);
  const isRun = said.decision !== 'deny' && said.approval?.answer !== 'denied';
  if (isRun) log.outcome({ intent, outcome: 'ok', settledUsd: 0, durationMs: 12 });
}

const answered = (answer: ApprovalRecord['answer'], waitedSeconds: number): ApprovalRecord => ({
  answer,
  by: 'orders-oncall',
  channel: 'inbox',
  waitedSeconds,
  reason: null,
});

/** One day: what is planted comes as often whatever the number of records, and reads fill it up. */
function plansOf(day: number, calls: number, roll: () => number): Planned[] {
  const plans: Planned[] = [];
  const plan = (server: Planned['server'], said: Planned['said']) =>
    // From six in the morning to ten at night.
    plans.push({ at: Math.floor((6 + roll() * 16) * 3_600_000), server, said });
  const times = (count: number, step: (index: number) => void) => {
    for (let i = 0; i < count; i++) step(i);
  };
  const ask = { decision: 'ask', rule: 'asks' } as const;
  times(4 + Math.floor(roll() * 3), () =>
    plan('shop', { tool: 'shop/update_note', ...ask, approval: answered('approved', 3 + Math.floor(roll() * 30)) }),
  );
  times(4 + Math.floor(roll() * 3), (i) =>
    plan('shop', {
      tool: 'shop/refund',
      ...ask,
      approval: answered('approved', 20 + Math.floor(roll() * 90)),
      record: ['/amount', '/reason'],
      arguments: { amount: 5 + Math.floor(roll() * 196), reason: ['fraud', 'late', 'twice'][(day + i) % 3] ?? '' },
    }),
  );
  times(5, (i) =>
    plan('shop', {
      tool: 'shop/cancel',
      ...ask,
      approval: answered(i === 0 && day % 4 === 0 ? 'denied' : 'approved', 40),
      arguments: { order: day * 10 + i },
    }),
  );
  times(15 + Math.floor(roll() * 10), () => plan('shop', { tool: 'shop/tag' }));
  times(3, (i) =>
    plan('shop', {
      tool: 'shop/set_priority',
      record: ['/level', '/note'],
      arguments: { level: 1 + ((day + i) % 3), note: `n${roll()}`.repeat(12) },
    }),
  );
  times(40, () => plan('mail', { tool: 'mail/notify' }));
  times(16, () => plan('mail', { tool: 'mail/notify', decision: 'deny', rule: 'calls-a-day' }));
  times(6, () => plan('mail', { tool: 'mail/digest' }));
  times(Math.max(20, calls - plans.length), () => plan('shop', { tool: 'shop/list_orders' }));
  return plans;
}
