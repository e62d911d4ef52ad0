import type { Log } from '../audit/log.ts';
import type { Verdict } from '../enforce/call.ts';
import type { AgentPolicy, Policy } from '../model/policy.ts';
import type { ApprovalRecord, IntentRecord } from '../model/record.ts';
import type { Tokens } from './tokens/open.ts';

/** A call that is about to be decided. */
export interface Asked {
  agent: string;
  /** `server/tool`, or `server/@resources` and its like. */
  tool: string;
  arguments: unknown;
  /** `sha256:` of the arguments' canonical JSON. */
  digest: string;
}

/** What was let through and is under way. */
export interface Reservation {
  /** US dollars. */
  usd: number;
  /** It ran, or nobody knows: what it spends stays counted. */
  settle(): void;
  /** It certainly did not run: nothing of it counts. */
  release(): void;
}

/** A verdict, and what is held for the call where it may run. */
export interface Decision {
  verdict: Verdict;
  reservation?: Reservation;
}

/** What counts calls and money. It throws and rejects nothing: a ledger that fails refuses. */
export interface Ledger {
  /** A promise where others have to be asked, and then alone: what is counted here is decided at once. */
  decide(policy: Policy, asked: Asked): Decision | Promise<Decision>;
  /** Takes back what was counted in advance. */
  close(): void;
}

/** A person's answer: approved ones run, everything else is refused with these words for the model. */
export interface Answer {
  approval: ApprovalRecord;
  says: string;
  /** Parameters that go on with the call, from its first try. */
  kept?: Record<string, unknown> | undefined;
}

/** What the connection of a call can do to have its client's own user asked. */
export interface Client {
  /** Aborted when the call is given up. */
  signal: AbortSignal;
  /** A request of the gate's own; resolves to its result, or to undefined where there is none. Absent: the client takes none. */
  request?(method: string, params: unknown, signal: AbortSignal): Promise<unknown>;
  /** Ends the call with a result that asks for input, for the client to call again. Absent: it would not understand. */
  requireInput?(requests: Record<string, unknown>, state: string): void;
  /** What the client gave back when it called again. */
  brought?: { state: string; responses: Record<string, unknown> } | undefined;
  /** Parameters of the call that have to come along when it is made again, because its state is then the gate's. */
  kept?: Record<string, unknown>;
}

/** A call that a person has to decide. */
export interface Asking {
  asked: Asked;
  /** By the policy in force, which can change while somebody is asked; undefined: it has no such agent. */
  agent(): AgentPolicy | undefined;
  client: Client;
  /** How the question ended, where no call was there to hear it: it has to be on record all the same. */
  unused(answer: Answer): void;
}

/** A policy in force, and `sha256:` of the file it was read from. */
export interface InForce {
  policy: Policy;
  digest: string;
}

/** What a gate knows of its place in the world. */
export interface Setting {
  /** Read for each call, so that a policy that changed holds at once. */
  inForce(): InForce;
  agent: string;
  server: string;
  /** Names the connection in the records. */
  session: string;
  /** `shadow`: nothing is stopped, and everything is written down. */
  mode: IntentRecord['mode'];
  ledger: Ledger;
  /** Throws where nothing was written: then nothing is forwarded. */
  log: Pick<Log, 'intent' | 'together'> & { outcome(outcome: Parameters<Log['outcome']>[0]): void };
  /** Absent: nobody can be asked. */
  approve?(asking: Asking): Promise<Answer>;
  /** Absent: servers get no tokens. */
  tokens?: Tokens;
  /** Milliseconds, from any start. */
  clock(): number;
}
