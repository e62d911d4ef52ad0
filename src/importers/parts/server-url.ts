import { isReference, referenced } from './references.ts';
import { betraysSecret, type Cleaning } from './written-out.ts';

const SECRET_PARAMETER =
  /(?:api[_-]?key|access[_-]?key|token|secret|password)$|^(?:.*[_-])?(?:key|auth|sig(?:nature)?)$/i;

/** An address without its secrets, in the user's place, the query and the path; what else is in it stays readable. */
export function cleanUrl(text: string, into: Cleaning, what: string, ...path: (string | number)[]): string {
  const spelled = referenced(text);
  const parts = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)([^?#]*)(\?[^#]*)?(#[\s\S]*)?$/i.exec(spelled);
  const tell = (as: string) => into.literal(`a secret in \`${what}\``, into.own(as), ...path);
  if (!parts) return betraysSecret(spelled) ? tell('secret') : spelled;
  const [, scheme = '', authority = '', route = '', query = '', fragment = ''] = parts;
  const at = authority.lastIndexOf('@');
  const [user, password] = splitOnce(authority.slice(0, Math.max(at, 0)), ':');
  // A user without a password is a token more often than a name.
  const isToken = password === '' && user.length >= 16;
  const who =
    at < 0
      ? ''
      : `${isToken && !isReference(user) ? tell('token') : user}${password === '' ? '' : `:${isReference(password) ? password : tell('password')}`}@`;
  const asked = query.replace(/([?&])([^=&]+)=([^&]*)/g, (all, sign: string, name: string, value: string) =>
    isReference(value) || !SECRET_PARAMETER.test(name) ? all : `${sign}${name}=${tell(name)}`,
  );
  const walked = route
    .split('/')
    .map((step, i, steps) => (isTokenStep(step, steps[i - 1]) ? tell('token') : step))
    .join('/');
  const clean = `${scheme}${who}${authority.slice(at + 1)}${walked}${asked}${fragment}`;
  return betraysSecret(clean) ? tell('url') : clean;
}

/** A step of a path that nobody would write by hand: some servers know their users by nothing else. */
function isTokenStep(step: string, before: string | undefined): boolean {
  if (isReference(step)) return false;
  const isMixed = /[0-9]/.test(step) && /[A-Za-z]/.test(step);
  if (before === 's') return step.length >= 16 && isMixed;
  return step.length >= 32 && isMixed && /[a-z]/.test(step) && /[A-Z]/.test(step) && !/[.@]/.test(step);
}

function splitOnce(text: string, sign: string): [string, string] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** The host of an address, as lists of hosts have it; undefined: it is none, or not known before the start. */
export function hostOf(url: string): string | undefined {
  const host = /^(?:https?|wss?):\/\/(?:[^/?#@]*@)?([A-Za-z0-9.-]+(?::\d{1,5})?)(?:[/?#]|$)/i.exec(url)?.[1];
  return host !== undefined &&
    /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:\d{1,5})?$/.test(host)
    ? host.toLowerCase()
    : undefined;
}
