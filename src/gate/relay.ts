import { fromClient } from './from-client.ts';
import { fromServer, serverGone } from './from-server.ts';
import type { Setting } from './ports.ts';
import type { Sent, Session } from './session.ts';
import type { Side } from './sides.ts';
import { wordsOf } from './words.ts';

/** What stands between one client and one server. */
export interface Relay {
  session: Session;
  /** Messages that came together are recorded together, before any of them goes on. */
  fromClient(messages: readonly string[]): void;
  fromServer(messages: readonly string[]): void;
  serverGone(): void;
}

type Judge = (session: Session, message: string) => Sent;

const go = (_session: Session, step: () => Sent): Sent => step();

/** Enough that writing costs little for each, and few enough that the server need not wait for work. */
const MOST_AT_ONCE = 64;

export function openRelay(setting: Setting, client: Side, server: Side, tell: (text: string) => void): Relay {
  const put = (sent: Sent): void => {
    if (sent === undefined) return;
    if ('client' in sent) client.send(sent.client);
    else server.send(sent.server, sent.call);
  };
  /** `from`: who has caused what goes out. It waits, too, where it does not read what it is told. */
  const flush = (...from: Side[]) => {
    slow(client, [server, ...from]);
    slow(server, [client, ...from]);
  };
  const send = (sent: Sent): void => {
    put(sent);
    flush();
  };
  let decided: (() => Sent)[] = [];
  const soon = (step: () => Sent): void => {
    if (decided.push(step) > 1) return;
    setImmediate(() => {
      const steps = decided;
      decided = [];
      for (let from = 0; from < steps.length; from += MOST_AT_ONCE)
        takeSome(steps.slice(from, from + MOST_AT_ONCE), go);
      flush();
    });
  };
  const session: Session = { setting, pending: new Map(), questions: new Map(), send, soon, tell };

  function take(messages: readonly string[], judge: Judge, side: Side): void {
    for (let from = 0; from < messages.length; from += MOST_AT_ONCE) {
      takeSome(messages.slice(from, from + MOST_AT_ONCE), judge);
      flush(side);
    }
  }

  function takeSome<T>(items: readonly T[], judge: (session: Session, item: T) => Sent): void {
    const all: Sent[] = [];
    let isRecorded = true;
    try {
      setting.log.together(() => {
        for (const item of items) all.push(judge(session, item));
      });
    } catch (error) {
      isRecorded = false;
      tell(`calls could not be recorded and were refused: ${wordsOf(error)}`);
      // Judged before or not at all: a fault of the log can come before the first.
      for (const item of items.slice(all.length)) all.push(judge(session, item));
    }
    for (const sent of all) put(isRecorded ? sent : (sent?.unrecorded?.() ?? sent));
  }

  return {
    session,
    fromClient: (messages) => take(messages, fromClient, client),
    fromServer: (messages) => take(messages, fromServer, server),
    serverGone: () => serverGone(session),
  };
}

/** A side that does not read must not fill this process's memory with what the other writes. */
function slow(full: Side, sources: readonly Side[]): void {
  if (full.flush()) return;
  for (const source of sources) source.pause();
  full.onceFree(() => {
    for (const source of sources) source.resume();
  });
}
