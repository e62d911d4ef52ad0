import { TOKEN_META } from '../model/token.ts';
import { isRecord } from '../source/record.ts';

/** The token of a request that came over stdio: in `params._meta`. */
export function tokenInMeta(params: unknown): string | undefined {
  const meta = isRecord(params) && isRecord(params._meta) ? params._meta : {};
  const token = Object.hasOwn(meta, TOKEN_META) ? meta[TOKEN_META] : undefined;
  return typeof token === 'string' ? token : undefined;
}

/** The token of a request that came over HTTP: in its `Authorization` header. */
export function tokenInHeader(authorization: string | null | undefined): string | undefined {
  return /^Bearer +([^\s,]+) *$/i.exec(authorization ?? '')?.[1];
}
