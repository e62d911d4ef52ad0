import type { Access } from '../model/vocabulary.ts';

/** One tool call, as an agent asks for it. */
export interface Call {
  /** A key of the policy's `agents`. */
  agent: string;
  /** `server/tool`, or the bare name of a host's own tool. */
  tool: string;
  /** As the model gave them; `undefined` counts as an empty object. */
  arguments: unknown;
}

/** What was let through before this call, as the caller's counters say. A call that asks counts as let through. */
export interface Usage {
  /** Calls of the whole session's agents in the last 60 seconds. */
  callsLastMinute: number;
  /** Calls of this agent with this grant since midnight UTC. */
  callsToday: number;
  /** Calls of this very tool with these very arguments in this session. */
  repeats: number;
  /** US dollars that tools have spent since midnight UTC. */
  toolUsdToday: number;
  /** Age of the session. */
  sessionSeconds: number;
  /** Subagents started in this session. */
  subagentsStarted: number;
}

/** `unreadable`: the counters cannot be trusted, so nothing is let through. */
export type State = Usage | 'unreadable';

/** Which part of the policy answered; stable, for records and tests. */
export const VERDICT_RULES = [
  'unlisted-agent',
  'unlisted-tool',
  'denied',
  'arguments',
  'state',
  'session-minutes',
  'subagents',
  'calls-a-minute',
  'calls-a-day',
  'repeats',
  'tool-spend',
  'asks',
  'allowed',
] as const;
export type VerdictRule = (typeof VERDICT_RULES)[number];

/** Which pin of a server's tools answered, where whoever asks can see the server: the gate. */
export const PIN_RULES = ['pin-changed', 'pin-missing', 'pin-unchecked'] as const;
export type PinRule = (typeof PIN_RULES)[number];

/** A message that cannot be judged, because not every reader of it would see the same call. */
export const UNFIT_RULE = 'unfit';

export interface Verdict {
  decision: Access;
  rule: VerdictRule | PinRule | typeof UNFIT_RULE;
  /** One sentence for the model and for people: what is refused and what would be let through. Never echoes a value of the call. */
  message: string;
  /** Key of the grant that answered, such as `files/*`; null when no grant names the tool. */
  grant: string | null;
  /** US dollars that the call will spend besides model tokens. */
  usd: number;
}
