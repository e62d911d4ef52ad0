import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Intent, openLog } from '../../src/audit/log.ts';
import { folderWith, run } from '../cli/fake-io.ts';
import { intent } from './audit.fixture.ts';

/** The refund desk: two tools, one of which asks. */
export const REFUND_DESK = `schemaVersion: 1
agent: { id: refund-desk, name: Refund desk, owner: payments-platform, environment: production }
concern: security
autonomy: { initiation: event, review: high-stakes, actionsPerDay: 400 }
approvals: { approvers: [payments-oncall], channel: inbox, expires: 15m }
inputs: { untrusted: true }
data: { customers: { classification: regulated, categories: [pii], source: production } }
mcpServers:
  stripe: { command: npx, args: ["-y", "@stripe/mcp@0.2.5"], env: { STRIPE_SECRET_KEY: "\${STRIPE_SECRET_KEY}" } }
tools:
  stripe/list_charges: { effect: read, data: [customers], egress: none }
  stripe/create_refund:
    { effect: write, reversible: false, impact: high, data: [customers], egress: none, access: ask, maxCallsPerDay: 40 }
credentials:
  STRIPE_SECRET_KEY: { servers: [stripe], mode: live, scopes: [refunds:write, charges:read], ttl: 15m }
limits: { usdPerDay: 25, usdPerSession: 2, turnsPerSession: 40, tokensPerSession: 400000, callsPerMinute: 30 }
`;

export const LOG = 'refund-desk-stripe';
export const WHEN = ['--since', '2026-10-01', '--until', '2026-11-15'];

export interface Desk {
  cwd: string;
  env: Record<string, string>;
  /** The folder of its log. */
  log: string;
  /** `sha256:` of its policy. */
  policy: string;
}

/** A call a day, over many small files, from the first of September on. */
export function callsOf(
  { cwd, policy }: Pick<Desk, 'cwd' | 'policy'>,
  days = 90,
  { from = 0, ...more }: Partial<Intent> & { from?: number } = {},
): string {
  let now = Date.parse('2026-09-01T08:00:00Z') + from * 86_400_000;
  const state = join(cwd, 'state/stakes');
  const folder = join(state, 'audit', LOG);
  const log = openLog({
    folder,
    keys: join(state, 'keys', LOG),
    origin: 'stakes/refund-desk/stripe',
    durable: false,
    segmentBytes: 20_000,
    checkpointSeconds: 0,
    now: () => now,
  });
  for (let day = 0; day < days; day++) {
    const asks = day % 3 === 0;
    const answer = day % 9 === 0 ? 'denied' : 'approved';
    const approval = asks ? ({ answer, by: 'ana', channel: 'inbox', waitedSeconds: 30, reason: null } as const) : null;
    const seq = log.intent(
      intent({
        policy,
        tool: `stripe/${asks ? 'create_refund' : 'list_charges'}`,
        decision: asks ? 'ask' : 'allow',
        approval,
        ...more,
      }),
    );
    log.outcome({ intent: seq, outcome: answer === 'denied' && asks ? 'refused' : 'ok', settledUsd: 0, durationMs: 2 });
    log.sign();
    now += 86_400_000;
  }
  log.close();
  return folder;
}

/** A project with a generated bundle, and a log of what its agent did. */
export async function refundDesk(days = 90, at?: string): Promise<Desk> {
  const cwd = at ?? folderWith();
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, 'refund-desk.agent.yaml'), REFUND_DESK);
  execFileSync('git', ['init', '-q', cwd]);
  const env = { XDG_STATE_HOME: join(cwd, 'state') };
  const made = await run(cwd, ['generate', 'refund-desk.agent.yaml', '--target', 'policy'], { env });
  if (made.code !== 0) throw new Error(made.err);
  const bytes = readFileSync(join(cwd, '.stakes/refund-desk/policy.json'));
  const policy = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  return { cwd, env, policy, log: callsOf({ cwd, policy }, days) };
}

/** Every file below a folder with its content. */
export function contentOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]));
}

/** A pack of all of the refund desk's records, with a change of keys in them, for whoever checks it without Stakes. */
export async function packed(room: string): Promise<{ pack: string; keys: string; log: string }> {
  const desk = await refundDesk(30, join(room, 'desk'));
  const state = join(desk.cwd, 'state/stakes');
  const place = {
    folder: desk.log,
    keys: join(state, 'keys', LOG),
    origin: 'stakes/refund-desk/stripe',
    durable: false,
  };
  const log = openLog({ ...place, now: () => Date.parse('2026-10-01T07:00:00Z') });
  log.rotateKey();
  log.close();
  callsOf(desk, 30, { from: 30 });
  const made = await run(desk.cwd, ['audit', 'pack', '--since', '90d', '--until', '2026-11-01'], { env: desk.env });
  if (made.code !== 0) throw new Error(made.out + made.err);
  return { pack: join(desk.cwd, 'audit-pack'), keys: join(place.keys, 'signing.pub'), log: LOG };
}
