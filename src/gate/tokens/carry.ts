import { TOKEN_META } from '../../model/token.ts';
import { isRecord } from '../../source/record.ts';

/** The request as a line, with its token where a server that is started over stdio finds it. What a client put there is gone. */
export function lineWithToken(request: Record<string, unknown>, token: string): string {
  const params = isRecord(request.params) ? request.params : {};
  const meta = isRecord(params._meta) ? params._meta : {};
  return JSON.stringify({ ...request, params: { ...params, _meta: { ...meta, [TOKEN_META]: token } } });
}

/** Longer than any token; what comes in one piece of that length is passed on as it is. */
const MOST_HELD = 32 * 1024;

/** Of a stream of text: what could be the beginning of a token waits for the rest of it. */
export function cleanStream(clean: (text: string) => string): { push(text: string): string; end(): string } {
  let held = '';
  return {
    push(text) {
      const all = held + text;
      const [tail = ''] = /[\w.~+/=\\-]*$/.exec(all.slice(-MOST_HELD)) ?? [];
      held = tail.length < MOST_HELD ? tail : '';
      return clean(all.slice(0, all.length - held.length));
    },
    end() {
      const rest = clean(held);
      held = '';
      return rest;
    },
  };
}
