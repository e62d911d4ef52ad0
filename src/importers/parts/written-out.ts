import type { Place, Problem } from '../../model/place.ts';
import { holdsSecret, redactSource } from '../../source/secrets.ts';
import { isReference, referenced, referencesIn, variableOf } from './references.ts';

/** Where a part of the file stands. */
export type PlaceOf = (...path: (string | number)[]) => Place;

type Path = (string | number)[];

/** What cleaning one server or one environment brings to light. */
export interface Cleaning {
  /** The variable that stands for a secret without a name of its own. */
  own(what: string): string;
  /** Tells a secret that is written out, by name and place, and gives the reference to put in its stead. */
  literal(what: string, as: string, ...path: Path): string;
  /** The text with references as manifests spell them, or a reference if it holds a secret. */
  clean(text: string, what: string, as: string, ...path: Path): string;
  /** Takes note of the secrets that a text refers to. */
  uses(text: string): void;
  /** Variables that hold secrets. */
  references: Set<string>;
  problems: Problem[];
}

export function cleaning(of: string, at: PlaceOf): Cleaning {
  const references = new Set<string>();
  const problems: Problem[] = [];
  const literal = (what: string, as: string, ...path: Path): string => {
    references.add(as);
    const message = `${what} of ${of} is written out in the file`;
    const help = `revoke it, and refer to it as \`\${${as}}\`; it was not taken over`;
    problems.push({ code: 'literal-secret', message, help, place: at(...path) });
    return `\${${as}}`;
  };
  const uses = (text: string) => {
    for (const name of referencesIn(text)) references.add(name);
  };
  return {
    own: (what) => variableOf(`${of.replace(/^the (?:server|agent) /, '')}_${what}`).replace(/^_+(?=[A-Z])/, ''),
    literal,
    uses,
    references,
    problems,
    clean(text, what, as, ...path) {
      const spelled = referenced(text);
      return betraysSecret(spelled) ? literal(what, as, ...path) : spelled;
    },
  };
}

/** By its shape, or by a name before it in the same text, as in JSON and command lines. */
export const betraysSecret = (text: string) => redactSource(text) !== text;

const SECRET_HEADER = /authorization|cookie|token|secret|password|api[-_]?key/i;

/** The value of a header; how it is sent stays readable. */
export function headerValue(name: string, value: string, into: Cleaning, ...path: Path): string {
  const spelled = referenced(value);
  const isSecret = SECRET_HEADER.test(name);
  const scheme = /^(?:Bearer|Basic|Token)\s+/i.exec(spelled)?.[0] ?? '';
  const isWritten = holdsSecret(spelled) || (isSecret && !isReference(spelled.slice(scheme.length)));
  const clean = isWritten ? `${scheme}${into.literal(`the header \`${name}\``, into.own('token'), ...path)}` : spelled;
  if (isSecret) into.uses(clean);
  return clean;
}
