import { isLiteralSecret } from '../../manifest/secrets.ts';
import { isRecord } from '../../source/record.ts';
import { defaultsIn, isReference, referenced } from './references.ts';
import { betraysSecret, type Cleaning } from './written-out.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Names that hold a secret if the value looks like one; paths, words and numbers do not. */
const MAYBE_SECRET = /(?:_|^)(?:PAT|AUTH|KEY|DSN|BEARER|CREDS?)$/i;
const LOOKS_LIKE_ONE = /^(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9_+=-]{16,}$/;

/** An environment, or undefined for none; `path` leads to it. */
export function environmentOf(
  env: unknown,
  into: Cleaning,
  ...path: (string | number)[]
): Record<string, string> | undefined {
  if (!isRecord(env)) return undefined;
  const entries = Object.entries(env).flatMap(([key, value]) => {
    if (!NAME.test(key) || key === '__proto__' || !isPlain(value)) return [];
    return [[key, variable(key, String(value), into, ...path, key)] as const];
  });
  return Object.fromEntries(entries);
}

const isPlain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);

/** The value of one variable. */
export function variable(key: string, value: string, into: Cleaning, ...path: (string | number)[]): string {
  const spelled = referenced(value);
  const isSecret = isSecretName(key);
  const isWritten =
    isLiteralSecret(key, spelled) ||
    betraysSecret(spelled) ||
    (MAYBE_SECRET.test(key) && LOOKS_LIKE_ONE.test(spelled)) ||
    defaultsIn(value).some((text) => isLiteralSecret(key, text));
  const clean = isWritten ? into.literal(`\`${key}\``, key, ...path) : spelled;
  if ((isSecret || MAYBE_SECRET.test(key)) && isReference(clean)) into.uses(clean);
  return clean;
}

/** Names that only secrets have. */
export const isSecretName = (key: string) => isLiteralSecret(key, 'written-out');
