import type { OutcomeRecord } from '../model/record.ts';
import { CODES, errorLine } from './answers.ts';
import { type Id, keyOf } from './message.ts';
import { finish, type Sent, type Session } from './session.ts';

/** There will be no answer to a request: that is recorded, and the client is told. Undefined: nobody waits for one. */
export function undone(session: Session, id: Id, outcome: OutcomeRecord['outcome'], says: string): Sent {
  const key = keyOf(id);
  const asked = session.pending.get(key);
  if (asked === undefined || asked.waiting !== undefined) return undefined;
  session.pending.delete(key);
  if (asked.own !== undefined) {
    asked.own(undefined);
    return undefined;
  }
  finish(session, asked.run, outcome);
  return { client: errorLine(id, CODES.internal, says) };
}

/** The same, told to the client where there are words for it. */
export function unanswered(session: Session, id: Id, outcome: OutcomeRecord['outcome'], says?: string): void {
  const sent = undone(session, id, outcome, says ?? '');
  if (says !== undefined) session.send(sent);
}
