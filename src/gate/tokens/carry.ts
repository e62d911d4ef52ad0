import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { TOKEN_META } from '../../model/token.ts';
import { isRecord } from '../../source/record.ts';

/** The request as a line, with its token where a server that is started over stdio finds it. What a client put there is gone. */
export function lineWithToken(request: Record<string, unknown>, token: string): string {
  const params = isRecord(request.params) ? request.params : {};
  // Some servers take keys without case, and read one of two.
  const meta = Object.entries(isRecord(params._meta) ? params._meta : {}).filter(
    ([key]) => key.normalize('NFKC').toLowerCase() !== TOKEN_META,
  );
  return JSON.stringify({
    ...request,
    params: { ...params, _meta: Object.fromEntries([...meta, [TOKEN_META, token]]) },
  });
}

/** Longer than any token; what comes in one piece of that length is passed on as it is. */
const MOST_HELD = 32 * 1024;

/** A stream that writes on, without tokens. What could be the beginning of one waits for the rest of it. */
export function cleanedInto(target: Writable, clean: (text: string) => string): Writable {
  const decoder = new StringDecoder('utf8');
  let held = '';
  const put = (text: string, done: () => void) => {
    if (text === '') done();
    else target.write(clean(text), () => done());
  };
  return new Writable({
    write(chunk: Buffer, _, done) {
      const all = held + decoder.write(chunk);
      const end = endOfWhole(all);
      held = all.slice(end);
      put(all.slice(0, end), done);
    },
    final(done) {
      put(held + decoder.end(), done);
    },
  });
}

/** Where what could go on as a token begins; at the very end where it is too long for one. */
function endOfWhole(text: string): number {
  let end = text.length;
  while (end > 0 && IN_TOKENS.test(text.charAt(end - 1))) {
    if (text.length - end >= MOST_HELD) return text.length;
    end--;
  }
  return end;
}

/** With a backslash, because JSON can spell a letter with one. */
const IN_TOKENS = /[\w.~+/=\\-]/;
