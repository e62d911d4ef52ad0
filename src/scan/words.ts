import { plainText } from './plain.ts';

const NAME_LIMIT = 256;

/** The words of a name in snake, kebab, camel, dotted or any mixed case: `r2.getObjectByID` is r2, get, object, by, id. */
export function wordsOf(name: unknown): string[] {
  return plainText(name, NAME_LIMIT)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, 32);
}

/** `policies` is `policy`, `boxes` is `box`, `keys` is `key`; what only looks like a plural stays. */
export function singular(word: string): string {
  if (word.length < 4 || /(?:ss|us|is|news)$/.test(word)) return word;
  if (/^(?:cookie|movie|calorie|selfie|series|species|zombie)s?$/.test(word)) return word.replace(/(?<=ie)s$/, '');
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ches|shes|xes|sses|zes|uses)$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}
