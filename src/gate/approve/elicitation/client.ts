import { isRecord } from '../../../source/record.ts';
import type { Request } from '../../calls.ts';
import type { Client } from '../../ports.ts';
import type { Session } from '../../session.ts';
import { requestOwn, takesForms } from './own.ts';

const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';
const VERSION = 'io.modelcontextprotocol/protocolVersion';

/** How the client of a call can be asked: until 2025-11-25 by a request, since 2026-07-28 by a result. */
export function clientOf(
  session: Session,
  { method, value }: Request,
  signal: AbortSignal,
  end: (result: Record<string, unknown>) => void,
): Client {
  const params = isRecord(value.params) ? value.params : {};
  const meta = isRecord(params._meta) ? params._meta : {};
  if (!Object.hasOwn(meta, VERSION)) {
    if (session.elicits !== true) return { signal };
    return { signal, request: (asked, form, over) => requestOwn(session, asked, form, over) };
  }
  if (method !== 'tools/call' || !takesForms(meta[CAPABILITIES])) return { signal };
  const kept = Object.entries(params).filter(([name]) => name === 'inputResponses' || name === 'requestState');
  return {
    signal,
    ...(kept.length > 0 ? { kept: Object.fromEntries(kept) } : {}),
    // Later, so that whoever asks has put everything in its place before the call is over.
    requireInput: (inputRequests, requestState) =>
      queueMicrotask(() => end({ resultType: 'input_required', inputRequests, requestState })),
  };
}
