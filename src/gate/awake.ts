import { isRecord } from '../source/record.ts';
import type { Request } from './calls.ts';
import type { Session } from './session.ts';

/** Milliseconds; clients give up after a minute without progress. */
const PROGRESS_EVERY = 10_000;

/** Tells a client that wants to hear of progress that the call is not lost; what it returns ends that. */
export function keepAwake(session: Session, { value }: Request): () => void {
  const meta = isRecord(value.params) && isRecord(value.params._meta) ? value.params._meta : {};
  const { progressToken } = meta;
  if (typeof progressToken !== 'string' && typeof progressToken !== 'number') return () => undefined;
  let progress = 0;
  const timer = setInterval(() => {
    const params = { progressToken, progress: ++progress, message: 'waiting for a person to approve' };
    session.send({ client: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/progress', params }) });
  }, PROGRESS_EVERY);
  timer.unref();
  return () => clearInterval(timer);
}
