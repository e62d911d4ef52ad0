import { holdsSecret } from '../../source/secrets.ts';

/** The ways in which clients refer to a variable, or to what a person is asked for, as `${NAME}`. */
export function referenced(text: string): string {
  return text
    .replace(/\$\{(?:input:|env[:.])([^}]{1,100})\}/g, (_, name: string) => `\${${variableOf(name)}}`)
    .replace(/\{\{\s*([A-Za-z_][A-Za-z0-9_]{0,99})\s*\}\}/g, '${$1}')
    .replace(/\$\{([A-Za-z_][A-Za-z0-9_]*):-[^}]{0,200}\}/g, '${$1}')
    .replace(/\$([A-Za-z_][A-Za-z0-9_]*)(?![A-Za-z0-9_{])/g, '${$1}');
}

/** A name that an environment can have. */
export function variableOf(name: string): string {
  // In capitals it would no longer look like one.
  const variable = (holdsSecret(name) ? 'secret' : name)
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^[0-9]/, '_$&');
  return variable === '' ? '_' : variable.slice(0, 100);
}

export const isReference = (text: string) => text === '' || /\$\{[^}]+\}/.test(text);

/** The variables that a text refers to. */
export function referencesIn(text: string): string[] {
  return [...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].map(([, name]) => name ?? '');
}

/** What stands in for a variable that is not set. */
export function defaultsIn(text: string): string[] {
  return [...text.matchAll(/\$\{[A-Za-z_][A-Za-z0-9_]*:-([^}]{1,200})\}/g)].map(([, value]) => value ?? '');
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
