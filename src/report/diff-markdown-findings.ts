import type { AgentDiff, DiffReport } from '../model/diff.ts';
import type { Finding } from '../model/finding.ts';
import { everything, ignoreWords, spotOf } from './diff-words.ts';
import { MARKS } from './lint-markdown.ts';
import { bySeverity, DIRECTION_WORDS, helpWords } from './lint-words.ts';
import { code, markdown } from './markdown-text.ts';
import { count } from './words.ts';

/** So many characters of one list, that no name however long leaves the others without room. */
const ROOM = 5_000;
const MOST_ROWS = 50;
/** More is folded. */
const OPEN_ROWS = 8;

interface Findings {
  new?: readonly Finding[];
  hidden?: readonly Finding[];
  fixed?: readonly Finding[];
}

export function findingSections({ new: found = [], hidden = [], fixed = [] }: Findings, report: DiffReport): string[] {
  return [
    ...listSection('', bySeverity(hidden).map(foundItem), report),
    ...listSection(`**${count(found.length, 'new finding')}**`, bySeverity(found).map(foundItem), report),
    ...folded(
      `**${count(fixed.length, 'finding')} fixed**`,
      `${count(fixed.length, 'finding')} fixed`,
      clipped(bySeverity(fixed).map(fixedItem), report),
      fixed.length,
    ),
  ];
}

export function ignoreLines(ignores: AgentDiff['ignores'], report: DiffReport): string[] {
  const all = [
    ...ignores.new.map((ignore) => ({ ignore, wider: false })),
    ...ignores.wider.map((ignore) => ({ ignore, wider: true })),
  ];
  const items = all.map(({ ignore, wider }) => `- ⚠️ ${markdown(ignoreWords(ignore, wider))} (${code(spotOf(ignore))})`);
  return listSection('**Findings that are held back now**', items, report);
}

/** A list under a title, of which as much stands as has room. */
export function listSection(title: string, items: readonly string[], report: DiffReport): string[] {
  if (items.length === 0) return [];
  return [...(title === '' ? [] : ['', title]), '', ...clipped(items, report)];
}

/** Lines that are folded where they are many. Markdown within the element needs the empty lines. */
export function folded(title: string, summary: string, lines: readonly string[], rows: number): string[] {
  if (rows === 0) return [];
  if (rows <= OPEN_ROWS) return ['', title, '', ...lines];
  return ['', `<details><summary>${summary}</summary>`, '', ...lines, '', '</details>'];
}

export function clipped(items: readonly string[], report: DiffReport, rest = (text: string) => `- ${text}`): string[] {
  let used = 0;
  const kept = items.slice(0, MOST_ROWS).filter((item) => {
    used += item.length + 1;
    return used <= ROOM;
  });
  const left = items.length - kept.length;
  return left === 0 ? [...kept] : [...kept, rest(`… and ${left} more: ${code(everything(report))}`)];
}

function foundItem(finding: Finding): string {
  const { severity, message, rule, direction, file, place } = finding;
  const where = code(`${file}${place ? `:${place.line}` : ''}`);
  return [
    `- **${MARKS[severity]}**: ${markdown(message)} (${where}, ${code(rule)}, ${DIRECTION_WORDS[direction]})`,
    `  - help: ${markdown(helpWords(finding))}`,
  ].join('\n');
}

function fixedItem({ message, rule }: Finding): string {
  return `- ✅ ${markdown(message)} (${code(rule)})`;
}
