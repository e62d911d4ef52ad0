import type { Answer, Asking } from '../ports.ts';
import type { OpenChannel, Question, Waiting } from './define.ts';
import { answerOf, type Entry, expiryOf, failureOf, idsOf, newId, type Terms } from './entry.ts';

/** Calls of one gate that wait for a person, at once. */
const MOST_WAITING = 100;
/** Characters of the arguments as JSON; nobody reads more than that. */
const MOST_READ = 1024 * 1024;
/** Seconds: three weeks, which a timer can still count. */
const LONGEST = 1_814_400;

export interface DeskParts {
  channels: ReadonlyMap<string, OpenChannel>;
  /** Milliseconds since 1970. */
  now(): number;
  /** A call waits, by these channels. */
  waits(call: Waiting, channels: readonly string[]): void;
}

/**
 * Calls that wait for a person, and who has answered. An answer is for one call with the very arguments that were shown, runs
 * it once, and is worth nothing once its time is over. Several channels ask at once, and the first answer counts. A client that
 * gave up and calls again, with the same arguments, finds the question, or its answer, where it left it.
 */
export interface Desk {
  /** `id`: the question that the call is known to be about. Rejects where nobody can be asked. */
  ask(asking: Asking, terms: Terms, id?: string): Promise<Answer>;
  close(): void;
}

export function openDesk({ channels, now, waits }: DeskParts): Desk {
  const entries = new Map<string, Entry>();

  function remove(entry: Entry): void {
    clearTimeout(entry.timer);
    entries.delete(entry.call.id);
  }

  function settle(entry: Entry, answer: Answer): void {
    // Whoever asked has given up: kept for the same call, until its time is over.
    if (entry.resolve === undefined) entry.answer = answer;
    else remove(entry);
    entry.over.abort(answer.approval);
    entry.resolve?.(answer);
  }

  function expire(entry: Entry): void {
    remove(entry);
    const answer = entry.answer ?? expiryOf(entry, now());
    entry.over.abort(answer.approval);
    if (entry.resolve === undefined) entry.unused(answer);
    else entry.resolve(answer);
  }

  /** What the same call has left behind; one with an answer first. */
  function left({ asked }: Asking, id: string | undefined): Entry | undefined {
    const free = [...entries.values()].filter(({ call, resolve }) => {
      const isSame = call.agent === asked.agent && call.tool === asked.tool && call.digest === asked.digest;
      return isSame && resolve === undefined;
    });
    if (id !== undefined) return free.find(({ call }) => call.id === id);
    return free.find(({ answer }) => answer !== undefined) ?? free.find((entry) => !isOut(entry));
  }

  /** Its answer comes with the one call that brings it back, so that no other may take it over. */
  function isOut(entry: Entry): boolean {
    return [...entry.channels].some(([id, state]) => state === 'asking' && channels.get(id)?.bring !== undefined);
  }

  function newEntry({ asked, unused }: Asking, terms: Terms): Entry {
    const { agent, tool, digest } = asked;
    const [since, id] = [now(), newId(entries)];
    const wait = Math.min(terms.seconds, LONGEST) * 1000;
    const until = since + wait;
    const call = { id, agent, tool, arguments: asked.arguments, digest, because: terms.because, since, until };
    const timer = setTimeout(() => expire(entry), wait);
    const entry: Entry = { call, terms, unused, channels: new Map(), over: new AbortController(), timer };
    entries.set(id, entry);
    return entry;
  }

  function questionOf(entry: Entry, channel: string, client: Asking['client']): Question {
    const { call, terms, over } = entry;
    return {
      call,
      client,
      approvers: terms.approvers,
      over: over.signal,
      answer(said) {
        if (over.signal.aborted) return 'it waits no longer';
        settle(entry, answerOf(entry, said, channel, now()));
        return undefined;
      },
      lost(why) {
        if (over.signal.aborted) return;
        entry.channels.set(channel, { lost: why });
        if (entry.resolve !== undefined) giveUp(entry);
      },
      paused() {
        entry.channels.delete(channel);
      },
    };
  }

  /** Refused, where no channel asks any more. */
  function giveUp(entry: Entry): void {
    const answer = failureOf(entry, now());
    if (answer !== undefined) settle(entry, answer);
  }

  /** Asks by what does not ask yet; false: there is nobody. */
  function askBy(entry: Entry, client: Asking['client']): boolean {
    const before = entry.channels.size;
    const put = (id: string) => {
      if (entry.channels.has(id)) return;
      entry.channels.set(id, 'asking');
      if (channels.get(id)?.ask(questionOf(entry, id, client)) !== true) entry.channels.delete(id);
    };
    for (const id of entry.terms.channels) put(id);
    if (entry.channels.size === 0) for (const id of entry.terms.otherwise) put(id);
    if (entry.channels.size > before) waits(entry.call, idsOf(entry));
    return entry.channels.size > 0;
  }

  return {
    ask(asking, terms, id) {
      const known = left(asking, id);
      if (known === undefined && id !== undefined)
        return Promise.reject(new Error('nobody approved it in time, or it was used before; call again'));
      if (known === undefined && entries.size >= MOST_WAITING)
        return Promise.reject(new Error(`${MOST_WAITING} calls wait for a person already`));
      if (known === undefined && (JSON.stringify(asking.asked.arguments) ?? '').length > MOST_READ)
        return Promise.reject(new Error('its arguments are too long for anybody to read'));
      const entry = known ?? newEntry(asking, terms);
      if (entry.answer !== undefined) {
        remove(entry);
        return Promise.resolve(entry.answer);
      }
      entry.unused = asking.unused;
      return new Promise((resolve, reject) => {
        entry.resolve = resolve;
        asking.client.signal.addEventListener('abort', () => {
          if (entry.resolve === resolve) entry.resolve = undefined;
        });
        if (askBy(entry, asking.client)) return giveUp(entry);
        remove(entry);
        reject(new Error('no channel of this gate can ask anybody about it'));
      });
    },
    close() {
      for (const entry of [...entries.values()]) expire(entry);
    },
  };
}
