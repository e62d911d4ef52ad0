import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf } from '../../src/audit/hash.ts';
import { type Intent, openLog } from '../../src/audit/log.ts';
import { createLoader } from '../../src/manifest/load.ts';
import type { ApprovalRecord } from '../../src/model/record.ts';
import { buildPolicy } from '../../src/policy/build.ts';
import { folderWith } from '../cli/fake-io.ts';

const DAY = 86_400_000;
const BEGIN = Date.parse('2026-08-01T00:00:00Z');

/** Covers what `write` writes. */
export const SMALL_PERIOD = ['--since', '2026-08-01', '--until', '2026-10-31'];

/** One tool of each kind, in forty lines that a person wrote. */
export const DESK = `# the desk
schemaVersion: 1
agent: { id: desk, environment: production }
autonomy: { initiation: event, review: high-stakes }
approvals: { approvers: [oncall] }
inputs: { untrusted: false }
data: { orders: { classification: internal, source: production } }
mcpServers: { shop: { command: shop-server } }
tools:
  shop/look: { effect: read, data: [orders], egress: none, access: allow }
  shop/note: { effect: write, reversible: true, impact: low, data: [orders], egress: none, access: ask } # asks for years
  shop/pay: { effect: write, reversible: false, impact: high, data: [orders], egress: none, access: ask, record: [/usd] }
  shop/wipe: { effect: write, reversible: true, impact: low, data: [orders], egress: none, access: deny } # never
limits: { tokensPerSession: 100000 }
`;

export const approved = (answer: ApprovalRecord['answer'] = 'approved'): Partial<Intent> => ({
  decision: 'ask',
  rule: 'asks',
  approval: { answer, by: answer === 'expired' ? null : 'oncall', channel: 'inbox', waitedSeconds: 9, reason: null },
});

export type Said = Partial<Intent> & Pick<Intent, 'tool'>;

export interface Small {
  folder: string;
  /** Digest of the policy that was generated. */
  policy: string;
  write(plan: (day: number) => Said[], more?: { days?: number; log?: string; now?: (day: number) => number }): void;
}

/** A folder with a manifest and its policy, and what writes records of it: one call a minute from noon on. */
export function small(text = DESK, files: Record<string, string> = {}): Small {
  const folder = folderWith({ 'desk.agent.yaml': text, ...files });
  const loaded = createLoader({ cwd: folder, root: folder }).load(join(folder, 'desk.agent.yaml'), folder);
  const [root] = loaded.state === 'ok' ? loaded.value : [];
  const built = root && buildPolicy(root);
  if (built?.state !== 'ok') throw new Error(JSON.stringify(loaded));
  const policyText = `${JSON.stringify(built.value, null, 2)}\n`;
  mkdirSync(join(folder, '.stakes/desk'), { recursive: true });
  writeFileSync(join(folder, '.stakes/desk/policy.json'), policyText);
  const policy = digestOf(policyText);
  return {
    folder,
    policy,
    write(plan, { days = 40, log: name = 'desk-shop', now: clock } = {}) {
      let now = BEGIN;
      const log = openLog({
        folder: join(folder, 'records', name),
        keys: join(folder, 'keys'),
        origin: 'stakes/desk/shop',
        durable: false,
        now: () => now,
      });
      for (let day = 0; day < days; day++)
        for (const [index, said] of plan(day).entries()) {
          now = (clock?.(day) ?? BEGIN + day * DAY) + 43_200_000 + index * 60_000;
          log.intent({
            agent: 'desk',
            session: `s-${day}`,
            arguments: { day, index },
            record: [],
            decision: 'allow',
            rule: 'allowed',
            reason: 'as the policy says',
            policy,
            mode: 'enforce',
            approval: null,
            reservedUsd: 0,
            ...said,
          });
        }
      log.close();
    },
  };
}

export const times = <T>(count: number, one: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => one(index));
