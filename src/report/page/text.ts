import { shown } from '../shown.ts';

/** Text from a manifest for a page or a drawing: what cannot be seen is spelled out, and no reader stumbles over the rest. */
export function seen(text: string, limit?: number): string {
  return shown(text, limit).replace(
    /\p{Noncharacter_Code_Point}/gu,
    (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`,
  );
}

/** Runs of prose, in turn with code: `code` in backticks is the second of each two. */
export function proseRuns(text: string): string[] {
  const parts = seen(text, 2000).split('`');
  // With an odd number of backticks the last one opens nothing.
  return parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), `${parts.at(-2)}\`${parts.at(-1)}`];
}
