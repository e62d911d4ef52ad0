import { isRecord } from './record.ts';

/** To its end if that is near and in the same text, else as far as it looks like a key. */
const KEY_BLOCK =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^"]{0,8000}?-----END [A-Z ]*PRIVATE KEY-----|[A-Za-z0-9+/=\s\\]*)/;

/** Shapes of well-known credentials. Sources: the issuers' own documents on token formats and push-protection patterns. */
const SHAPES: readonly RegExp[] = [
  /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/,
  /\bwhsec_[A-Za-z0-9+/=]{24,}/,
  /\bsk-(?:ant-|proj-|or-v1-)?[A-Za-z0-9_-]{20,}/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_[A-Za-z0-9_]{30,}/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /\bxapp-[0-9]-[A-Za-z0-9-]{20,}/,
  /\bhooks\.slack\.com\/services\/[A-Za-z0-9/]{20,}/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bAIza[A-Za-z0-9_-]{35}/,
  /\bGOCSPX-[A-Za-z0-9_-]{20,}/,
  /\bya29\.[A-Za-z0-9_-]{20,}/,
  /\b(?:ntn_|secret_)[A-Za-z0-9]{40,}/,
  /\bsbp_[a-f0-9]{40}/,
  /\bsntr[yu]s_[A-Za-z0-9_=+/-]{40,}/,
  /\bnpm_[A-Za-z0-9]{36}/,
  /\bpypi-[A-Za-z0-9_-]{40,}/,
  /\bdckr_pat_[A-Za-z0-9_-]{20,}/,
  /\bdop_v1_[a-f0-9]{64}/,
  /\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/,
  /\blin_api_[A-Za-z0-9]{32,}/,
  /\bhf_[A-Za-z0-9]{30,}/,
  /\bSG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  KEY_BLOCK,
  // A password inside a URL, also as a JSON Pointer spells it, unless it is a reference.
  /\b[a-z][a-z0-9+.-]{0,30}:(?:\/\/|~1~1)[^\s/:@]{0,100}:(?!\$\{)[^\s/@]{3,200}@/i,
  /[?&](?:api_?key|access_?token|auth_?token|client_?secret|password|sig(?:nature)?|token)=(?!\$\{)[^&\s"'#]{6,}/i,
];

const ANYWHERE = SHAPES.map((shape) => new RegExp(shape.source, `g${shape.flags}`));

/** A value after a name that only secrets have, as YAML, JSON and shells write it. */
const NAMED =
  /\b[A-Z0-9_]*(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|SIGNING_?KEY)["']?\s*[:=]\s*("[^"]*"?|'[^']*'?|[^\s"'{}[\],&*|>#][^\s,}\]]*)/g;

export function holdsSecret(text: string): boolean {
  return SHAPES.some((shape) => shape.test(text));
}

/** The text with every secret in it covered, character by character so that lines and columns hold; used on everything that is shown. */
export function redact(text: string): string {
  return ANYWHERE.reduce((shown, shape) => shown.replace(shape, stars), text);
}

/** The text with private keys covered over all their lines, so that no line of it shows a part. */
export function redactBlocks(text: string): string {
  return text.includes('PRIVATE KEY-----') ? text.replace(new RegExp(KEY_BLOCK, 'g'), stars) : text;
}

/** `redact` for a line of a source, where a value also betrays itself by the name before it. */
export function redactSource(text: string): string {
  return redact(text).replace(NAMED, (all: string, value: string) =>
    value.includes('${') ? all : all.slice(0, all.length - value.length) + stars(value),
  );
}

/** `redact` for every string in a value, names of fields too. */
export function redactAll<T>(value: T): T {
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
