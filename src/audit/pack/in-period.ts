import type { PackApprover } from '../../model/audit-pack.ts';
import type { IntentRecord } from '../../model/record.ts';
import { redact } from '../../source/secrets.ts';

/** A policy that decided calls. */
export interface PolicyUse {
  agents: Set<string>;
  calls: number;
  first: string;
  last: string;
}

/** What is gathered from the calls of a period while they go by; none of it grows with their number. */
export interface Gathered {
  policies: Map<string, PolicyUse>;
  approvers: Map<string, Omit<PackApprover, 'by' | 'tools'> & { tools: Set<string> }>;
  /** Policies or approvers beyond the most that are kept. */
  more: number;
}

const MOST = 10_000;
const MOST_NAMES = 50;

export const startGathering = (): Gathered => ({ policies: new Map(), approvers: new Map(), more: 0 });

export function gather(gathered: Gathered, { agent, tool, policy, time, approval }: IntentRecord): void {
  const { policies, approvers } = gathered;
  const use = policies.get(policy);
  if (use === undefined && policies.size >= MOST) gathered.more++;
  else if (use === undefined) policies.set(policy, { agents: new Set([agent]), calls: 1, first: time, last: time });
  else {
    use.calls++;
    if (time < use.first) use.first = time;
    if (time > use.last) use.last = time;
    if (use.agents.size < MOST_NAMES) use.agents.add(agent);
  }
  if (approval === null) return;
  // No name is empty that anybody gave.
  const by = approval.by ?? '';
  const known = approvers.get(by) ?? { approved: 0, denied: 0, expired: 0, tools: new Set<string>() };
  if (!approvers.has(by) && approvers.size >= MOST) gathered.more++;
  else approvers.set(by, known);
  const { answer } = approval;
  known[answer === 'approved' || answer === 'denied' ? answer : 'expired']++;
  if (known.tools.size < MOST_NAMES) known.tools.add(tool);
}

export const APPROVAL_FIELDS = [
  'time',
  'log',
  'record',
  'agent',
  'tool',
  'arguments',
  'answer',
  'by',
  'channel',
  'waited_seconds',
  'reason',
  'policy',
] as const;

/** What stands under those. Undefined: nobody was asked. */
export function approvalCells(log: string, intent: IntentRecord): (string | number | null)[] | undefined {
  const { approval, time, seq, agent, tool, policy } = intent;
  if (approval === null) return undefined;
  const { answer, by, channel, waitedSeconds, reason } = approval;
  const cells = [time, log, seq, agent, tool, intent.arguments, answer, by, channel, waitedSeconds, reason, policy];
  return cells.map((cell) => (typeof cell === 'string' ? redact(cell) : cell));
}
