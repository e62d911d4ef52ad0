import { randomBytes } from 'node:crypto';
import type { ApprovalRecord } from '../../model/record.ts';
import type { Answer, Asking } from '../ports.ts';
import type { Said, Waiting } from './define.ts';

/** How one call is asked about. */
export interface Terms {
  because: string;
  seconds: number;
  approvers: readonly string[];
  /** Ids of channels, and of those that are asked where none of them can. */
  channels: readonly string[];
  otherwise: readonly string[];
}

/** A question on the desk. */
export interface Entry {
  call: Waiting;
  terms: Terms;
  /** Absent: whoever called has given up; the same call again takes the entry over. */
  resolve?: ((answer: Answer) => void) | undefined;
  /** Of the last call: what becomes of an answer that nobody takes. */
  unused: Asking['unused'];
  /** A person's answer that no call has taken yet. */
  answer?: Answer;
  /** Channels by their id: `asking`, or why they can ask nobody any more. */
  channels: Map<string, 'asking' | { lost: string }>;
  over: AbortController;
  timer: NodeJS.Timeout;
}

export const idsOf = ({ channels }: Entry): string[] => [...channels.keys()];

/** What a person said, as it is recorded and as the model is told. */
export function answerOf(entry: Entry, said: Said, channel: string, now: number): Answer {
  const { approve, by, reason } = said;
  const why = reason === null || reason === '' ? '' : `: ${reason}`;
  const says = approve ? '' : `${by} refused this call of \`${entry.call.tool}\`${why}`;
  return { approval: { ...unanswered(entry, approve ? 'approved' : 'denied', now), by, channel, reason }, says };
}

export function expiryOf(entry: Entry, now: number): Answer {
  const says = `nobody approved \`${entry.call.tool}\` in time, so it is refused`;
  return { approval: unanswered(entry, 'expired', now), says };
}

/** Undefined: one of its channels still asks. */
export function failureOf(entry: Entry, now: number): Answer | undefined {
  const whys = [...entry.channels.values()].flatMap((state) => (state === 'asking' ? [] : [state.lost]));
  if (whys.length === 0 || whys.length < entry.channels.size) return undefined;
  const reason = [...new Set(whys)].join('; ');
  const says = `\`${entry.call.tool}\` needs a person's approval: ${reason}`;
  return { approval: { ...unanswered(entry, 'denied', now), reason }, says };
}

function unanswered(entry: Entry, answer: ApprovalRecord['answer'], now: number): ApprovalRecord {
  const waitedSeconds = Math.max(0, Math.round((now - entry.call.since) / 1000));
  return { answer, by: null, channel: idsOf(entry).join(', '), waitedSeconds, reason: null };
}

/** Thirty-two, so that a byte names one without favour. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz123456789';

/** Short enough to type, and not one that is in use. */
export function newId(taken: ReadonlyMap<string, unknown>): string {
  for (;;) {
    const id = [...randomBytes(6)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
    if (!taken.has(id)) return id;
  }
}
