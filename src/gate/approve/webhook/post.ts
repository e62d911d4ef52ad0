import { faultOf } from '../../../source/fault-code.ts';
import type { WebhookEnd } from './end.ts';
import { isSigned, signedHeaders } from './sign.ts';

/** Bytes of a response that are read; an answer needs a few hundred. */
const MOST = 64 * 1024;

export type Response = { status: number; text: string; isSigned: boolean } | { fault: string };

export interface Post {
  id: string;
  body: string;
  /** Milliseconds since 1970. */
  now: number;
  patience: number;
  signal: AbortSignal;
}

/** Signed anew each time, and never sent on to where a redirect leads. */
export async function post({ url, keys }: WebhookEnd, { id, body, now, patience, signal }: Post): Promise<Response> {
  const time = Math.floor(now / 1000);
  const headers = signedHeaders(keys, { id, body, time });
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'stakes-gate', ...headers },
      body,
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
    const text = await textOf(response);
    return { status: response.status, text, isSigned: isSigned(keys, { id, body: text, time }, response.headers) };
  } catch (error) {
    return { fault: wordsOf(error) };
  }
}

/** Undefined is never: what is too long is as good as nothing. */
async function textOf({ body }: globalThis.Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop ends the response.
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST) return '';
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Never the address: with many services it is a secret itself. */
function wordsOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'it took too long';
  const code = faultOf(error instanceof Error ? error.cause : error);
  return /^[A-Z][A-Z0-9_]+$/.test(code) ? code : 'no connection';
}
