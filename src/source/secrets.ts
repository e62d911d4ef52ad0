/** Shapes of well-known credentials. Sources: the issuers' own documents on token formats and push-protection patterns. */
const SHAPES: readonly RegExp[] = [
  /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/,
  /\bsk-(?:ant-|proj-|or-v1-)?[A-Za-z0-9_-]{20,}/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_[A-Za-z0-9_]{30,}/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bAIza[A-Za-z0-9_-]{35}/,
  /\b(?:ntn_|secret_)[A-Za-z0-9]{40,}/,
  /\bsbp_[a-f0-9]{40}/,
  /\bsntr[yu]s_[A-Za-z0-9_=+/-]{40,}/,
  /\bnpm_[A-Za-z0-9]{36}/,
  /\bdop_v1_[a-f0-9]{64}/,
  /\bhf_[A-Za-z0-9]{30,}/,
  /\bSG\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  // A password inside a URL, unless it is a reference.
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@]{1,100}:(?!\$\{)[^\s/@]{3,200}@/i,
];

const ANYWHERE = SHAPES.map((shape) => new RegExp(shape.source, `g${shape.flags}`));

export function holdsSecret(text: string): boolean {
  return SHAPES.some((shape) => shape.test(text));
}

/** The text with every secret in it covered, character by character so that columns hold; used on everything that is shown. */
export function redact(text: string): string {
  return ANYWHERE.reduce((shown, shape) => shown.replace(shape, (secret) => '*'.repeat([...secret].length)), text);
}
