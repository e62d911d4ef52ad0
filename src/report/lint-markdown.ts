import type { LintView, Severity } from '../model/finding.ts';
import { code, markdown } from './markdown-text.ts';
import { count } from './words.ts';

export const MARKS: Record<Severity, string> = { error: '❌ error', warning: '⚠️ warning', note: 'ℹ️ note' };

/** As many of the texts as fit into so many characters, and a line that says how many more there are. */
export function within(most: number, texts: readonly string[]): string[] {
  let used = 0;
  const kept = texts.findIndex((text) => {
    used += text.length + 1;
    return used > most;
  });
  if (kept < 0) return [...texts];
  return [...texts.slice(0, kept), '', `… and ${count(texts.length - kept, 'more finding')}: run \`stakes lint\``];
}

/** What kept the run from being whole stands first: without it the rest reads as all there is. */
export function problemLines({ errors }: LintView): string[] {
  if (errors.length === 0) return [];
  return ['', ...errors.slice(0, 50).map(problemLine)];
}

function problemLine({ message, place, file }: LintView['errors'][number]): string {
  const where = place ? `${code(`${place.file}:${place.line}`)}: ` : file === undefined ? '' : `${code(file)}: `;
  return `- ${MARKS.error}: ${where}${markdown(message)}`;
}
