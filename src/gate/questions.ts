import { isRecord } from '../source/record.ts';
import { digestOf } from './calls.ts';
import { FREE_SERVER_REQUESTS, SERVER_REQUESTS } from './features.ts';
import { withoutMeta } from './judge.ts';
import type { Asked, Reservation } from './ports.ts';
import { NOT_RECORDED, type Run, recorded, type Session } from './session.ts';
import { shown } from './words.ts';

/** What may become of a server's question: refused with these words, or on its way to the client; `run` where it is on record. */
export type Decided = { refusal: string; isUnknown?: true } | { run?: Run; reservation?: Reservation | undefined };

/** A question of the server reaches the client's model or its user: decided, counted and recorded as a call of a tool is. */
export function decideQuestion(session: Session, method: string, params: unknown): Decided {
  const { setting } = session;
  const feature = Object.hasOwn(SERVER_REQUESTS, method) ? SERVER_REQUESTS[method] : undefined;
  if (feature === undefined && !FREE_SERVER_REQUESTS.has(method) && setting.mode !== 'shadow')
    return { refusal: `\`${shown(method)}\` is not let through`, isUnknown: true };
  if (feature === undefined) return {};
  const values = withoutMeta(params);
  const digest = digestOf(values);
  if (digest === undefined) return { refusal: 'its parameters are not plain JSON' };
  const asked: Asked = { agent: setting.agent, tool: `${setting.server}/${feature}`, arguments: values, digest };
  const by = setting.inForce();
  const { verdict, reservation } = setting.ledger.decide(by.policy, asked);
  const run = recorded(session, asked, verdict, { by, reservation });
  if (run === undefined) return { refusal: NOT_RECORDED };
  // `ask` is let through: the client puts both before its user.
  const isOpen = verdict.decision !== 'deny' || setting.mode === 'shadow';
  return isOpen ? { run, reservation } : { refusal: verdict.message };
}

/** Since 2026-07-28 a server asks in its answer, and the client calls again with what it was asked for. */
export function decideInputs(session: Session, result: unknown): { refusal: string } | { isAsked: boolean } {
  const asked = isRecord(result) ? result.inputRequests : undefined;
  if (!isRecord(asked)) return { isAsked: false };
  for (const one of Object.values(asked)) {
    const method = isRecord(one) && typeof one.method === 'string' ? one.method : '';
    const decided = decideQuestion(session, method, isRecord(one) ? one.params : undefined);
    if ('refusal' in decided) return { refusal: `the server asks for \`${shown(method)}\`: ${decided.refusal}` };
    // Whether it was answered is not told but to the server: it counts, and has no outcome.
    decided.reservation?.settle();
  }
  return { isAsked: true };
}
