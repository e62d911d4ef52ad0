import { isRecord } from './record.ts';

/** To its end if that is near and in the same text, else as far as it looks like a key. */
const KEY_BLOCK =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^"]{0,4000}?-----END [A-Z ]*PRIVATE KEY-----|[A-Za-z0-9+/=\s\\]*)/;

/** Where a word starts, also behind the escapes of a JSON Pointer; stated after the literal, so that the search for that stays fast. */
const word = (literal: string) => `${literal}(?<=(?:^|[^A-Za-z0-9]|~[01])${literal})`;

/** Shapes of well-known credentials. Sources: the issuers' own documents on token formats and push-protection patterns. */
const SHAPES: readonly RegExp[] = [
  /(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /whsec_[A-Za-z0-9+/=]{24,}/g,
  new RegExp(`${word('sk-')}(?:ant-|proj-|or-v1-)?[A-Za-z0-9_-]{20,}`, 'g'),
  /gh[pousr]_[A-Za-z0-9]{30,}/g,
  /github_pat_[A-Za-z0-9_]{30,}/g,
  /glpat-[A-Za-z0-9_-]{20,}/g,
  /xox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /xapp-[0-9]-[A-Za-z0-9-]{20,}/g,
  /hooks\.slack\.com\/services\/[A-Za-z0-9/]{20,}/g,
  new RegExp(`(?:${word('AKIA')}|${word('ASIA')})[A-Z0-9]{16}(?![A-Za-z0-9])`, 'g'),
  /AIza[A-Za-z0-9_-]{35}/g,
  /GOCSPX-[A-Za-z0-9_-]{20,}/g,
  /ya29\.[A-Za-z0-9_-]{20,}/g,
  /(?:ntn_|secret_)[A-Za-z0-9]{40,}/g,
  /sbp_[a-f0-9]{40}/g,
  /sntr[yu]s_[A-Za-z0-9_=+/-]{40,}/g,
  /npm_[A-Za-z0-9]{36}/g,
  /pypi-AgE[A-Za-z0-9_-]{40,}/g,
  /dckr_pat_[A-Za-z0-9_-]{20,}/g,
  /dop_v1_[a-f0-9]{64}/g,
  /shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/g,
  /lin_api_[A-Za-z0-9]{32,}/g,
  /hf_[A-Za-z0-9]{30,}/g,
  new RegExp(`${word('SG\\.')}[A-Za-z0-9_-]{20,100}\\.[A-Za-z0-9_-]{20,}`, 'g'),
  /eyJ[A-Za-z0-9_-]{10,400}\.[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,}/g,
  new RegExp(KEY_BLOCK, 'g'),
  // A password inside a URL, also as a JSON Pointer spells it, unless it is a reference.
  /:(?:\/\/|~1~1)[^\s/:@]{0,100}:(?!\$\{)[^\s/@]{3,200}@/g,
  /[?&](?:api_?key|access_?token|auth_?token|client_?secret|password|sig(?:nature)?|token)=(?!\$\{)[^&\s"'#]{6,}/gi,
];

/** A value after a name that only secrets have, as YAML, JSON and shells write it. */
const FLAGGED =
  /(?:--?(?:[a-z-]{0,30}-)?(?:token|secret|password|passwd|api-?key|access-?key|private-?key)["']?(?:=|\s*,\s*|\s+)|\b(?:authorization|cookie|x-api-key)["']?\s*:\s*(?:(?:bearer|basic|token)\s+)?)("[^"]*"?|'[^']*'?|[^\s"'{}[\],&*|>#-][^\s,}\]]*)/gi;
const NAMED =
  /\b[A-Z0-9_]*(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|SIGNING_?KEY)["']?\s*[:=]\s*("[^"]*"?|'[^']*'?|[^\s"'{}[\],&*|>#][^\s,}\]]*)/g;

export function holdsSecret(text: string): boolean {
  return redact(text) !== text;
}

/** The text with every secret in it covered, character by character so that lines and columns hold; used on everything that is shown. */
export function redact(text: string): string {
  return SHAPES.reduce((shown, shape) => shown.replace(shape, stars), text);
}

/** The text with private keys covered over all their lines, so that no line of it shows a part. */
export function redactBlocks(text: string): string {
  return text.includes('PRIVATE KEY-----') ? text.replace(new RegExp(KEY_BLOCK, 'g'), stars) : text;
}

/** `redact` for a line of a source, where a value also betrays itself by the name before it. */
export function redactSource(text: string): string {
  const cover = (all: string, value: string) =>
    value.includes('${') ? all : all.slice(0, all.length - value.length) + stars(value);
  return redact(text).replace(NAMED, cover).replace(FLAGGED, cover);
}

/** `redact` for every string in a value, names of fields too. */
export function redactAll<T>(value: T): T {
  // Most values hold none, and one long text is searched faster than a thousand short ones.
  if (!holdsSecret(JSON.stringify(value) ?? '')) return value;
  const visit = (inner: unknown): unknown => {
    if (typeof inner === 'string') return redact(inner);
    if (Array.isArray(inner)) return inner.map(visit);
    return isRecord(inner)
      ? Object.fromEntries(Object.entries(inner).map(([key, part]) => [redact(key), visit(part)]))
      : inner;
  };
  return visit(value) as T;
}

const stars = (secret: string) => [...secret].map((char) => (/\s/.test(char) ? char : '*')).join('');
