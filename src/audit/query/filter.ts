import type { CallRow } from '../../model/audit-query.ts';
import type { Intent } from './parse-record.ts';

/** What is asked for. An empty list asks for nothing in particular; of several values one has to fit. */
export interface CallFilter {
  agents: readonly string[];
  /** `*` stands for any text. */
  tools: readonly string[];
  servers: readonly string[];
  sessions: readonly string[];
  decisions: readonly string[];
  rules: readonly string[];
  approvers: readonly string[];
  /** `none`: nothing is known of what became of it. */
  outcomes: readonly string[];
  /** Digests of arguments, or how they begin. */
  digests: readonly string[];
  /** RFC 3339, in UTC with milliseconds, as records have it; the first is in it, the last is not. */
  since: string | undefined;
  until: string | undefined;
}

/** What can be said of a call before its outcome is known. */
export function wanted(filter: CallFilter): (intent: Intent) => boolean {
  const { since, until } = filter;
  const tests: ((intent: Intent) => boolean)[] = [];
  const among = (list: readonly string[], of: (intent: Intent) => string) => {
    if (list.length > 0) tests.push((intent) => list.includes(of(intent)));
  };
  if (since !== undefined) tests.push(({ time }) => time >= since);
  if (until !== undefined) tests.push(({ time }) => time < until);
  among(filter.agents, ({ agent }) => agent);
  among(filter.sessions, ({ session }) => session);
  among(filter.decisions, ({ decision }) => decision);
  among(filter.rules, ({ rule }) => rule);
  const tools = filter.tools.map(pattern);
  if (tools.length > 0) tests.push(({ tool }) => tools.some((each) => each.test(tool)));
  if (filter.servers.length > 0)
    tests.push(({ tool }) => filter.servers.some((server) => tool.startsWith(`${server}/`)));
  if (filter.approvers.length > 0)
    tests.push(({ approval }) => approval !== null && approval.by !== null && filter.approvers.includes(approval.by));
  if (filter.digests.length > 0)
    tests.push(({ arguments: digest }) => filter.digests.some((each) => digest.startsWith(each)));
  return (intent) => tests.every((test) => test(intent));
}

export function fits({ outcomes }: CallFilter): (row: CallRow) => boolean {
  return outcomes.length === 0 ? () => true : ({ outcome }) => outcomes.includes(outcome ?? 'none');
}

function pattern(text: string): RegExp {
  const pieces = text.split(/\*+/).map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('.*')}$`, 's');
}
