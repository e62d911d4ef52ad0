import { randomBytes } from 'node:crypto';
import { isRecord } from '../../../source/record.ts';
import type { Request } from '../../calls.ts';
import type { Id } from '../../message.ts';
import type { Client } from '../../ports.ts';
import type { Session } from '../../session.ts';

/** How ids of requests and states begin that are the gate's own. No server may use it, and nothing that has it reaches one. */
export const OWN = 'stakes-approval-';

/** As clients declare it: nothing said of forms and URLs means forms. */
export function takesForms(capabilities: unknown): boolean {
  if (!isRecord(capabilities) || !isRecord(capabilities.elicitation)) return false;
  const { elicitation } = capabilities;
  return Object.hasOwn(elicitation, 'form') || !Object.hasOwn(elicitation, 'url');
}

export function isOwn(id: Id | null): boolean {
  return typeof id === 'string' && id.startsWith(OWN);
}

/** What a client says to a request of the gate's own; `false`: it was asked nothing, or not any more. */
export function ownAnswered({ own }: Session, id: Id | null, result: unknown): boolean {
  const take = typeof id === 'string' ? own?.get(id) : undefined;
  take?.(result);
  return take !== undefined;
}

/** Asks the client something, and takes that back where it is over before an answer came. */
export function requestOwn(session: Session, method: string, params: unknown, signal: AbortSignal): Promise<unknown> {
  session.own ??= new Map();
  const { own } = session;
  const id = `${OWN}${randomBytes(18).toString('base64url')}`;
  return new Promise((resolve) => {
    const end = (result?: unknown) => {
      own.delete(id);
      signal.removeEventListener('abort', takeBack);
      resolve(result);
    };
    const takeBack = () => {
      const cancelled = { requestId: id, reason: 'it was answered elsewhere, or is over' };
      session.send({
        client: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: cancelled }),
      });
      end();
    };
    own.set(id, end);
    signal.addEventListener('abort', takeBack, { once: true });
    session.send({ client: JSON.stringify({ jsonrpc: '2.0', id, method, params }) });
  });
}

/** A call without what it brings back of the gate's own, which is nothing of the server's. */
export function withoutOwn(request: Request): { request: Request; brought?: NonNullable<Client['brought']> } {
  const { params } = request.value;
  if (request.method !== 'tools/call' || !isRecord(params)) return { request };
  if (typeof params.requestState !== 'string' || !params.requestState.startsWith(OWN)) return { request };
  const { requestState: state, inputResponses, ...rest } = params;
  const responses = isRecord(inputResponses) ? inputResponses : {};
  return { request: { ...request, value: { ...request.value, params: rest } }, brought: { state, responses } };
}
