import { randomBytes } from 'node:crypto';
import type { ApprovalRecord } from '../../model/record.ts';
import type { Answer, Asked } from '../ports.ts';
import type { Reply, Waiting } from './inbox/messages.ts';

/** Calls of one gate that wait for a person, at once. */
const MOST_WAITING = 100;

interface Entry {
  waiting: Waiting;
  /** Absent: whoever called has given up; the same call again takes the entry over. */
  resolve: ((answer: Answer) => void) | undefined;
  /** A person's answer that nobody has taken yet. */
  answer?: Answer;
  timer: NodeJS.Timeout;
}

export interface DeskParts {
  channel: string;
  /** Milliseconds since 1970. */
  now(): number;
  /** What waits has changed. */
  changed(): void;
}

/**
 * Calls that wait for a person, and who has answered. An answer is for one call with the very arguments that were shown, runs
 * it once, and is worth nothing once its time is over. A client that gave up and calls again, with the same arguments, finds
 * the question, or its answer, where it left it.
 */
export interface Desk {
  ask(asked: Asked, because: string, seconds: number, signal: AbortSignal): Promise<Answer>;
  /** What waits for an answer, the oldest first. */
  waiting(): Waiting[];
  /** Undefined: taken; else why it is not. */
  reply(reply: Reply): string | undefined;
  close(): void;
}

export function openDesk({ channel, now, changed }: DeskParts): Desk {
  const entries = new Map<string, Entry>();

  function end(entry: Entry): void {
    clearTimeout(entry.timer);
    entries.delete(entry.waiting.id);
    changed();
  }

  function approvalOf({ waiting }: Entry, answer: ApprovalRecord['answer'], reply?: Reply): ApprovalRecord {
    const waitedSeconds = Math.max(0, Math.round((now() - waiting.since) / 1000));
    return { answer, by: reply?.by ?? null, channel, waitedSeconds, reason: reply?.reason ?? null };
  }

  function settle(entry: Entry, answer: Answer): void {
    if (entry.resolve === undefined) {
      // Whoever asked has given up: kept for the same call, until its time is over.
      entry.answer = answer;
      changed();
      return;
    }
    end(entry);
    entry.resolve(answer);
  }

  function expire(entry: Entry): void {
    end(entry);
    const says = `nobody approved \`${entry.waiting.tool}\` in time, so it is refused`;
    entry.resolve?.({ approval: approvalOf(entry, 'expired'), says });
  }

  function left({ agent, tool, digest }: Asked): Entry | undefined {
    for (const entry of entries.values()) {
      const { waiting } = entry;
      const isSame = waiting.agent === agent && waiting.tool === tool && waiting.digest === digest;
      if (isSame && entry.resolve === undefined) return entry;
    }
    return undefined;
  }

  function newEntry(asked: Asked, because: string, seconds: number): Entry {
    const { agent, tool, digest } = asked;
    const since = now();
    const id = newId(entries);
    const waiting = {
      id,
      agent,
      tool,
      arguments: asked.arguments,
      digest,
      because,
      since,
      until: since + seconds * 1000,
    };
    const timer = setTimeout(() => expire(entry), seconds * 1000);
    const entry: Entry = { waiting, resolve: undefined, timer };
    entries.set(id, entry);
    return entry;
  }

  return {
    ask(asked, because, seconds, signal) {
      const known = left(asked);
      if (known === undefined && entries.size >= MOST_WAITING)
        return Promise.reject(new Error(`${MOST_WAITING} calls wait for a person already`));
      const entry = known ?? newEntry(asked, because, seconds);
      if (entry.answer !== undefined) {
        end(entry);
        return Promise.resolve(entry.answer);
      }
      return new Promise((resolve) => {
        entry.resolve = resolve;
        signal.addEventListener('abort', () => {
          if (entry.resolve === resolve) entry.resolve = undefined;
        });
        changed();
      });
    },
    waiting: () => [...entries.values()].filter(({ answer }) => answer === undefined).map(({ waiting }) => waiting),
    reply(reply) {
      const entry = entries.get(reply.id);
      if (entry === undefined || entry.answer !== undefined) return 'it waits no longer';
      if (entry.waiting.digest !== reply.digest) return 'these are not the arguments that were shown';
      const { approve, reason, by } = reply;
      const approval = approvalOf(entry, approve ? 'approved' : 'denied', reply);
      const why = reason === null || reason === '' ? '' : `: ${reason}`;
      const says = approve ? '' : `${by} refused this call of \`${entry.waiting.tool}\`${why}`;
      settle(entry, { approval, says });
      return undefined;
    },
    close() {
      for (const entry of [...entries.values()]) expire(entry);
    },
  };
}

/** Thirty-two, so that a byte names one without favour. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz123456789';

/** Short enough to type, and not one that is in use. */
function newId(taken: ReadonlyMap<string, unknown>): string {
  for (;;) {
    const id = [...randomBytes(6)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
    if (!taken.has(id)) return id;
  }
}
