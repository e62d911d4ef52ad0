import { isRecord } from '../../source/record.ts';
import { TokenFault } from './fault.ts';

/** Bytes of an answer, milliseconds until it is whole. */
const MOST = 64 * 1024;
const PATIENCE = 10_000;

/** The JSON object that a form gets back. No redirect is followed: a token would go to where nobody sent it. Throws `TokenFault`. */
export async function postForm(
  url: URL,
  form: URLSearchParams,
  headers: Readonly<Record<string, string>>,
  patience = PATIENCE,
): Promise<Record<string, unknown>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      body: form,
      headers: { ...headers, accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    text = await bounded(response);
  } catch (error) {
    if (error instanceof TokenFault) throw error;
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    throw new TokenFault(`the token endpoint ${isLate ? 'did not answer in time' : 'cannot be reached'}`);
  }
  const value = parsed(text);
  if (response.status === 200 && isRecord(value)) return value;
  const named =
    isRecord(value) && typeof value.error === 'string' ? /^[a-z_]{1,60}$/.exec(value.error)?.[0] : undefined;
  throw new TokenFault(`the token endpoint answered ${response.status}${named === undefined ? '' : ` (${named})`}`);
}

async function bounded({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > MOST) throw new TokenFault(`the token endpoint answered with more than ${MOST} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
