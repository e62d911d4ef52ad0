import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../audit/hash.ts';
import { type Intent, type Log, openLog } from '../audit/log.ts';
import type { ApprovalRecord } from '../model/record.ts';

const DAY = 86_400_000;
/** The first day of the records; whoever reads them names the period. */
const BEGIN = Date.parse('2026-08-01T00:00:00Z');
const DAYS = 60;
export const SYNTHETIC_PERIOD = ['--since', '2026-08-01', '--until', '2026-09-29'] as const;
/** Calls a day that are refused, and so have one record and not two. */
const REFUSED = 16;

/** The same numbers for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Planned {
  at: number;
  server: 'shop' | 'mail';
  said: Partial<Intent> & Pick<Intent, 'tool'>;
}

/**
 * At least so many records of `order-desk`, under the policy that was generated in this folder, as its gates would have written
 * them in sixty days: in `records/`, with the public key in `signing.pub`. The same calls for the same seed.
 */
export function writeSyntheticLog(folder: string, records: number, seed = 7): void {
  const policy = digestOf(readFileSync(join(folder, '.stakes/order-desk/policy.json'), 'utf8'));
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
    policy,
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
