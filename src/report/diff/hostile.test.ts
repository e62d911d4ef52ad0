import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiffReport } from '../../model/diff.ts';
import { plainPaint } from '../context.ts';
import { busy, everything, reportOf, risen } from '../diff.fixture.ts';
import { contextOf } from '../marked-paint.fixture.ts';
import { widthOf } from '../wrap.ts';
import { format as github } from './github.ts';
import { format as human } from './human.ts';
import { format as markdown } from './markdown.ts';

/** Keys whose values come from files that anyone may have written. */
const FREE = new Set([
  ...['agent', 'name', 'file', 'tool', 'scope', 'reason', 'from', 'to', 'message', 'help', 'rule', 'code'],
  ...['pointer', 'because', 'trusted'],
]);

const EVIL = [
  '\u001b[31mred\u001b[0m\u0007',
  '`|`',
  '``` \n| --- |',
  '--> <!-- </details><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '@octocat @org/team #1 !2 GH-3',
  '\r\n# heading\n- item\n> quote',
  '[a](http://e.example) ![b](//e.example) https://e.example www.e.example',
  'w'.repeat(10_000),
  '|`<'.repeat(3_000),
  '\u202eevil\u2066\u200b\u061c',
  '~~~ ~~x~~ **b** __c__ $x$',
  '%0A::error::x',
  '\n::stop-commands::z',
  '',
];

const name = fc.oneof(fc.constantFrom(...EVIL), fc.string({ unit: 'binary', maxLength: 60 }));

/** All there can be, with any text where files put theirs. */
const anyReport = fc.array(name, { minLength: 5, maxLength: 12 }).map((names) => withNames(names));

function withNames(names: readonly string[]): DiffReport {
  let next = 0;
  return JSON.parse(JSON.stringify(everything), (key, value: unknown) => {
    if (typeof value !== 'string' || !(FREE.has(key) || /^\d+$/.test(key)) || value === '') return value;
    const text = names[next++ % names.length] ?? '';
    // Pointers lead somewhere, or nothing would be told of them.
    return key === 'pointer'
      ? `${value.slice(0, value.lastIndexOf('/'))}/${text}`
      : (next % 3 === 0 ? value : '') + text;
  }) as DiffReport;
}

// Reports are large, and making them smaller takes minutes.
const runs = { numRuns: Number(process.env.STAKES_CASES ?? 200), endOnFailure: true };
const context = contextOf(plainPaint);

/** What is left once all code and all that Stakes writes itself is taken away. */
function bare(text: string): string {
  return text
    .replace(/^<!-- stakes diff -->$/m, '')
    .replace(/<\/?(?:details|summary|sub)>/g, '')
    .replace(/<code>(?:&#\d+;|[A-Za-z0-9 ])*<\/code>/g, '')
    .replace(/\\[\\`*_~[\]|!]/g, '')
    .replace(/`[^`\n]*`/g, '')
    .replace(/^> /gm, '')
    .replace(/^#{3} /gm, '');
}

describe('names that somebody made up to do harm', () => {
  it('are no markup, mention, link or table cell in a comment', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = markdown(report, context);
        expect(text.startsWith('<!-- stakes diff -->\n')).toBe(true);
        expect(text.length).toBeLessThan(60_000);
        expect(text.match(/^<details>/gm)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
        for (const line of bare(text).split('\n')) {
          expect(line).not.toMatch(/[<>]|@\w|(?<![&\w])#\w|\]\(|:\/\/|~~|`/);
          if (line.startsWith('|')) expect(line.split('|')).toHaveLength(5);
          expect(line).not.toMatch(/^(?:#|~~~| {3,}|={3}|\d+[.)])/);
        }
      }),
      runs,
    );
  });

  it('do not act on a terminal, and lines are no longer than their longest word', () => {
    fc.assert(
      fc.property(anyReport, fc.constantFrom(40, 80, 120), (report, columns) => {
        const text = human(report, contextOf(plainPaint, columns));
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/u);
        for (const line of text.split('\n')) {
          if (/^ *(?:\d* \||-->|:::)/.test(line)) continue;
          const longest = Math.max(...line.trim().split(' ').map(widthOf));
          expect(widthOf(line) <= columns || longest + 30 > columns || line.includes('`'), line).toBe(true);
        }
      }),
      runs,
    );
  });

  it('do not end an annotation or start another', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        for (const line of github(report, context).trimEnd().split('\n')) {
          expect(line).toMatch(
            /^::(?:error|warning|notice) (?:file=[^:,]*,)?(?:line=\d+,endLine=\d+,(?:col=\d+,endColumn=\d+,)?)?title=[^:,]*::/,
          );
          expect(line).not.toMatch(/[^\P{Cc}]/u);
        }
      }),
      runs,
    );
  });
});

describe('a comment that would be too long', () => {
  const many = (agents: number, tools: number) =>
    reportOf(
      Array.from({ length: agents }, (_, index) => ({
        ...risen,
        agent: `desk-${index}`,
        settings: Array.from({ length: tools }, (__, at) => ({
          ...(busy.settings[0] ?? { file: '', document: 0, agent: '', pointer: '' }),
          pointer: `/limits/${'<'.repeat(100)}${at}`,
        })),
      })),
    );

  it.each([
    [3000, 0],
    [300, 3],
    [40, 200],
    [1, 5000],
  ])('is cut, and says how to see the rest: %d agents with %d settings each', (agents, tools) => {
    const text = markdown(many(agents, tools), context);
    expect(text.length).toBeLessThan(60_000);
    expect(text).toMatch(/… and \d+ more(?: agents that changed)?: `stakes diff main --format json`/);
    expect(text.match(/^<details>/gm)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
  });
});
