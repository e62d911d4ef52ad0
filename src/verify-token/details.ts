import { argumentsDigest } from '../audit/canonical.ts';
import { CALL_TYPE, CONNECTION_TYPE } from '../model/token.ts';
import { isRecord } from '../source/record.ts';
import { TokenRefused } from './refused.ts';

/** The call that a server is about to run. */
export interface ExpectedCall {
  /** What the server is called: its address, or `urn:stakes:server:<name>` where it is started over stdio. */
  audience: string;
  /** As the request names it; `@resources`, `@prompts` for requests of those. */
  tool: string;
  /** As the request has them; absent counts as none. For `@resources` and its like all of `params` but `_meta`. */
  arguments?: unknown;
  /** Default: `tools/call`. */
  method?: string;
}

/** Is the token for that call, and may it be used once only? Throws `TokenRefused`. */
export function isSingleUse(
  details: unknown,
  { audience, tool, method = 'tools/call', arguments: values }: ExpectedCall,
): boolean {
  const [detail, ...more]: unknown[] = Array.isArray(details) ? details : [];
  if (!isRecord(detail) || detail.type !== CALL_TYPE || more.length > 0) throw new TokenRefused('details');
  if (!isOnly(detail.locations, audience) || !isOnly(detail.actions, method)) throw new TokenRefused('details');
  if (detail.identifier !== tool) throw new TokenRefused('tool');
  if (detail.arguments_digest !== digestOf(values)) throw new TokenRefused('arguments');
  if (typeof detail.single_use !== 'boolean') throw new TokenRefused('details');
  return detail.single_use;
}

/** Throws `TokenRefused` where the token is for something else, such as a call. */
export function isForConnection(details: unknown, audience: string): void {
  const [detail, ...more]: unknown[] = Array.isArray(details) ? details : [];
  if (!isRecord(detail) || detail.type !== CONNECTION_TYPE || more.length > 0) throw new TokenRefused('details');
  if (!isOnly(detail.locations, audience)) throw new TokenRefused('details');
}

const isOnly = (list: unknown, text: string) => Array.isArray(list) && list.length === 1 && list[0] === text;

function digestOf(values: unknown): string {
  try {
    return argumentsDigest(values);
  } catch {
    throw new TokenRefused('arguments');
  }
}
