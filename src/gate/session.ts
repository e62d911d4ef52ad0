import type { Verdict } from '../enforce/call.ts';
import { grantFor } from '../enforce/grant.ts';
import type { AgentPolicy } from '../model/policy.ts';
import type { ApprovalRecord, OutcomeRecord } from '../model/record.ts';
import type { Listed } from './pins/listed.ts';
import type { Asked, InForce, Reservation, Setting } from './ports.ts';
import { wordsOf } from './words.ts';

/** Requests of one side that have no answer yet. */
export const MOST_PENDING = 10_000;

/** A call that the policy let through, as the server is to get it. */
export interface Forwarded {
  asked: Asked;
  value: Record<string, unknown>;
  /** What let it through. */
  by: InForce;
  /** Names the call in the records, and no other: `<session>.<seq>`. */
  id: string;
  /** It could not be sent after all: the client is told that instead, and the record says so. */
  refuse(message: string): void;
}

/** A message that goes on, to one of the two sides; undefined: nothing does, for now. */
export type Sent =
  | (({ client: string } | { server: string; call?: Forwarded }) & {
      /** What goes instead, where the record that it waits for could not be written. */
      unrecorded?(): Sent;
    })
  | undefined;

/** A call on record. */
export interface Run {
  intent: number;
  since: number;
  reservation: Reservation | undefined;
}

export interface Pending {
  method: string;
  /** Of a call that was let through. */
  run?: Run;
  /** While a person is asked. */
  waiting?: { abort(): void };
  /** The client wants no answer any more; the server may still give one. */
  isCancelled?: true;
  /** Of a request of the gate's own: its answer goes here, and never to the client. */
  own?: (result: unknown) => void;
  /** Asked before the server said that its tools are others now. */
  isStale?: boolean;
}

/** One connection of one client to one server. */
export interface Session {
  setting: Setting;
  /** Requests of the client that have no answer yet, by `keyOf`. */
  pending: Map<string, Pending>;
  /** Requests of the server that have no answer yet. */
  questions: Map<string, { run?: Run }>;
  /** Can the client ask its user, as it said when it introduced itself? */
  elicits?: boolean;
  /** Requests of the gate itself that the client has not answered, by their id. */
  own?: Map<string, (result: unknown) => void>;
  /** The server's tools, as far as it listed them; made when they are first asked for. */
  listed?: Listed;
  /** For what is sent later than its cause. */
  send(sent: Sent): void;
  /** The same, where several come at once: what is recorded for them is written together. */
  soon(step: () => Sent): void;
  /** For whoever runs the gate: what was dropped, and why. */
  tell(text: string): void;
}

export function agentOf({ setting }: Session): AgentPolicy | undefined {
  const { agents } = setting.inForce().policy;
  return Object.hasOwn(agents, setting.agent) ? agents[setting.agent] : undefined;
}

/** The call on record; undefined: it could not be written down, and so must not be let through. */
export function recorded(
  session: Session,
  asked: Asked,
  verdict: Verdict,
  more: { by: InForce; approval?: ApprovalRecord; reservation?: Reservation | undefined },
): Run | undefined {
  const { log, mode, session: name, clock } = session.setting;
  const { agents } = more.by.policy;
  const own = Object.hasOwn(agents, asked.agent) ? agents[asked.agent] : undefined;
  try {
    const intent = log.intent({
      agent: asked.agent,
      tool: asked.tool,
      session: name,
      arguments: asked.arguments ?? {},
      digest: asked.digest,
      record: (own === undefined ? undefined : grantFor(own, asked.tool)?.grant.record) ?? [],
      decision: verdict.decision,
      rule: verdict.rule,
      reason: verdict.message,
      policy: more.by.digest,
      mode,
      approval: more.approval ?? null,
      reservedUsd: more.reservation?.usd ?? 0,
    });
    return { intent, since: clock(), reservation: more.reservation };
  } catch (error) {
    more.reservation?.release();
    session.tell(`a call could not be recorded and was refused: ${wordsOf(error)}`);
    return undefined;
  }
}

export const NOT_RECORDED = 'the call is refused, because it cannot be recorded; a person has to look at the gate';

export function finish(session: Session, run: Run | undefined, outcome: OutcomeRecord['outcome']): void {
  if (run === undefined) return;
  const { log, clock } = session.setting;
  const { intent, reservation, since } = run;
  if (outcome === 'refused') reservation?.release();
  else reservation?.settle();
  const settledUsd = outcome === 'refused' ? 0 : (reservation?.usd ?? 0);
  try {
    log.outcome({ intent, outcome, settledUsd, durationMs: Math.round(clock() - since) });
  } catch (error) {
    session.tell(`the outcome of call ${intent} could not be recorded: ${wordsOf(error)}`);
  }
}
