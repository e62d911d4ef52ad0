import { isRecord } from '../source/record.ts';
import { digestOf } from './calls.ts';
import { FREE_SERVER_REQUESTS, SERVER_REQUESTS } from './features.ts';
import { withoutMeta } from './judge.ts';
import type { Asked, Decision, Reservation } from './ports.ts';
import { NOT_RECORDED, type Run, recorded, type Session } from './session.ts';
import { shown } from './words.ts';

/** What may become of a server's question: refused with these words, or on its way to the client; `run` where it is on record. */
export type Decided = { refusal: string; isUnknown?: true } | { run?: Run; reservation?: Reservation | undefined };

/** A question of the server reaches the client's model or its user: decided, counted and recorded as a call of a tool is. */
export function decideQuestion(session: Session, method: string, params: unknown): Decided | Promise<Decided> {
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
  const settled = ({ verdict, reservation }: Decision): Decided => {
    const run = recorded(session, asked, verdict, { by, reservation });
    if (run === undefined) return { refusal: NOT_RECORDED };
    // `ask` is let through: the client puts both before its user.
    const isOpen = verdict.decision !== 'deny' || setting.mode === 'shadow';
    return isOpen ? { run, reservation } : { refusal: verdict.message };
  };
  const found = setting.ledger.decide(by.policy, asked);
  return found instanceof Promise ? found.then(settled) : settled(found);
}

export type Inputs = { refusal: string } | { isAsked: boolean };

/** Since 2026-07-28 a server asks in its answer, and the client calls again with what it was asked for. */
export function decideInputs(session: Session, result: unknown): Inputs | Promise<Inputs> {
  const asked = isRecord(result) ? result.inputRequests : undefined;
  if (!isRecord(asked)) return { isAsked: false };
  const questions = Object.values(asked).map((one) => ({
    method: isRecord(one) && typeof one.method === 'string' ? one.method : '',
    params: isRecord(one) ? one.params : undefined,
  }));
  return decideFrom(session, questions, 0);
}

/** One after the other: after one that is refused, no other is counted. */
function decideFrom(
  session: Session,
  questions: readonly { method: string; params: unknown }[],
  first: number,
): Inputs | Promise<Inputs> {
  for (const [at, { method, params }] of questions.slice(first).entries()) {
    const refusalIn = (decided: Decided): { refusal: string } | undefined => {
      if ('refusal' in decided) return { refusal: `the server asks for \`${shown(method)}\`: ${decided.refusal}` };
      // Whether it was answered is not told but to the server: it counts, and has no outcome.
      decided.reservation?.settle();
      return undefined;
    };
    const decided = decideQuestion(session, method, params);
    if (decided instanceof Promise)
      return decided.then((later) => refusalIn(later) ?? decideFrom(session, questions, first + at + 1));
    const refusal = refusalIn(decided);
    if (refusal !== undefined) return refusal;
  }
  return { isAsked: true };
}
