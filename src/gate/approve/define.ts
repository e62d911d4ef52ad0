import type { AgentPolicy } from '../../model/policy.ts';
import type { ApprovalRecord } from '../../model/record.ts';
import type { Asking, Client } from '../ports.ts';
import type { SharedState } from '../state/state.ts';
import type { WebhookEnd } from './webhook/end.ts';

/** A call that waits for a person. */
export interface Waiting {
  /** What a person types. */
  id: string;
  agent: string;
  tool: string;
  /** As the model gave them: what is approved is this, and nothing else. */
  arguments: unknown;
  digest: string;
  /** Why the policy asks. */
  because: string;
  /** Milliseconds since 1970. */
  since: number;
  until: number;
}

/** What a person says to a call. */
export interface Said {
  approve: boolean;
  /** Who, as far as the channel knows. */
  by: string;
  reason: string | null;
}

/** A call as a channel gets it: to be put before somebody, and answered once. */
export interface Question {
  call: Waiting;
  /** Whom the policy names; empty: whoever started the session. */
  approvers: readonly string[];
  /** The connection that the call came by. */
  client: Client;
  /** Undefined: taken; else why it is not, such as that somebody else was faster. */
  answer(said: Said): string | undefined;
  /** Nobody can be asked by this channel any more, and why. Where it was the last one, the call is refused. */
  lost(why: string): void;
  /** The caller has gone away: the channel is asked again with the next call that takes the question over. */
  paused(): void;
  /** Aborted when the question is over, by whatever channel; the reason is its `ApprovalRecord`. */
  over: AbortSignal;
}

/** Which question a call brings an answer to, and what its first try had that is the server's. */
export interface Brought {
  id: string;
  kept: Client['kept'];
}

/** A channel that a gate has opened. */
export interface OpenChannel {
  /** False: this question cannot be put before anybody here. Nothing of it may be answered before this returns. */
  ask(question: Question): boolean;
  /**
   * For channels whose answer comes with another call: which question that call is about, or why it is refused. Undefined: it
   * brought nothing of this channel's.
   */
  bring?(asking: Asking): Brought | { refused: string } | undefined;
  close(): void;
}

/** What gates on many machines share, of one agent. */
export interface Shared {
  /** The root of the policy. */
  root: string;
  state: Pick<SharedState, 'command' | 'shown'>;
}

/** What a channel can use of the gate that it is opened in. */
export interface Surroundings {
  /** Folder of the inboxes of this account. */
  inboxes: string;
  /** Where whoever runs the gate wants to be asked; undefined: nowhere. */
  webhook: WebhookEnd | undefined;
  /** What is shared with other machines; absent: nothing. */
  shared?: Shared | undefined;
  /** Milliseconds since 1970. */
  now(): number;
  /** For whoever runs the gate. */
  tell(text: string): void;
}

/** A way to ask a person, as `src/gate/approve/<id>/channel.ts` exports it. */
export interface Channel {
  /** What `approvals.channel` in a manifest and `channel` in records call it. */
  id: string;
  /** The channel that it asks beside, wherever that one does; absent: where a policy names it. */
  beside?: string;
  /** Do the policy's terms let whoever answers here approve? */
  suits(agent: AgentPolicy): boolean;
  /** Undefined: this gate does not have it. Rejects where it should and cannot. */
  open(surroundings: Surroundings): Promise<OpenChannel | undefined>;
}

/** How a question ended. */
export function endingOf(over: AbortSignal): ApprovalRecord {
  return over.reason as ApprovalRecord;
}
