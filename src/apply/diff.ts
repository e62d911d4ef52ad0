import { structuredPatch } from 'diff';

/** Beyond this many changed lines the shortest diff takes too long to find; everything is shown as replaced. */
const MOST_EDITS = 4000;

/** A unified diff, without its end of line marks; empty: nothing changes. Undefined: there is no file. */
export function diffOf(name: string, from: string | undefined, to: string | undefined): string {
  if (from === to) return '';
  const header = [
    from === undefined ? '--- /dev/null' : `--- ${name}`,
    to === undefined ? '+++ /dev/null' : `+++ ${name}`,
  ];
  const patch = structuredPatch(name, name, from ?? '', to ?? '', '', '', { context: 3, maxEditLength: MOST_EDITS });
  const lines = patch
    ? patch.hunks.flatMap((hunk) => [
        `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
        ...hunk.lines,
      ])
    : [...allOf('-', from), ...allOf('+', to)];
  return [...header, ...lines.map((line) => line.replace(/\r$/, ''))].join('\n');
}

function allOf(mark: string, text = ''): string[] {
  return text.split('\n').map((line) => mark + line);
}
