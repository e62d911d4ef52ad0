import type { ApplyItem, ApplyReport, ApplyResult } from './apply-report.ts';
import { type Flags, shellWord, stakes, whereOf } from './command-line.ts';
import type { ReportContext } from './context.ts';
import { problemItem } from './problem-item.ts';
import { shown } from './shown.ts';
import { count, firstOf, listed, prose } from './words.ts';
import { wrap } from './wrap.ts';

interface ApplyContext extends ReportContext {
  mode: 'apply' | 'check' | 'undo';
  dryRun: boolean;
  /** What the command line said of `target`, `as`, `to` and `out`. */
  given: Flags;
}

export function applyJson(report: ApplyReport): string {
  return `${JSON.stringify({ ...report, errors: report.errors.map(problemItem) }, null, 2)}\n`;
}

/** A line of a stranger's file may be as long as the file. */
const LONGEST = 2000;

/** The diff of one file, painted; empty when nothing changes. */
export function diffHuman({ diff }: ApplyItem, { paint }: ReportContext): string {
  if (diff === '') return '';
  const lines = diff.split('\n').map((line, i) => {
    const text = line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
    if (i < 2) return paint.strong(text);
    if (text.startsWith('@@')) return paint.note(text);
    if (text.startsWith('+')) return paint.good(text);
    return text.startsWith('-') ? paint.bad(text) : text;
  });
  return `${lines.join('\n')}\n\n`;
}

export function applyHuman({ results }: ApplyReport, context: ApplyContext): string {
  const blocks = results.map((result) => linesOf(result, context)).filter((lines) => lines.length > 0);
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function linesOf(result: ApplyResult, context: ApplyContext): string[] {
  if (result.items.length === 0) return context.mode === 'apply' ? [] : nothingInstalled(result, context);
  const written = result.items.filter(({ way }) => way === 'merge' || way === 'file');
  const started = result.items.filter(({ way }) => way === 'launcher');
  const isQuiet = written.length > 0 && written.every(({ state }) => state !== 'applied');
  return [
    ...written.flatMap((item) => itemLines(item, result, context)),
    ...started.map(({ path }) => `- start it with: sh ${shellWord(path)}`),
    ...(isQuiet ? [] : inPlace(result, context)),
    ...(written.some(({ state }) => state === 'applied') ? next(result, context) : []),
  ];
}

function nothingInstalled({ folder }: ApplyResult, { paint }: ApplyContext): string[] {
  return [`${paint.warn('-')} ${folder}: nothing of it is installed`];
}

function itemLines(item: ApplyItem, result: ApplyResult, context: ApplyContext): string[] {
  const { mark, style, words } = STATES[item.state](item, result);
  const head = wrap([prose(shown(words))], {
    ...context,
    first: [{ text: mark, style }, ' ', { text: `${shown(item.path)}: `, style: 'strong' }],
    rest: ['  '],
  });
  return [
    ...head,
    ...ownership(item, context),
    ...gone(item, result, context),
    ...said('warning', item.warnings, context),
    ...said('note', result.notes, context),
  ];
}

type Line = { mark: string; style: 'good' | 'warn' | 'bad'; words: string };
const good = (words: string): Line => ({ mark: '✓', style: 'good', words });
const open = (words: string): Line => ({ mark: '-', style: 'warn', words });
const bad = (words: string): Line => ({ mark: '✗', style: 'bad', words });

const STATES: Record<ApplyItem['state'], (item: ApplyItem, result: ApplyResult) => Line> = {
  applied: (_, { agent }) => good(`now holds the rules of \`${agent}\``),
  unchanged: (_, { agent }) => good(`holds the rules of \`${agent}\` already`),
  pending: () => open('not written'),
  declined: () => open('not written, as you said'),
  undone: ({ undo }) =>
    good(
      undo === 'bytes'
        ? 'as it was before, to the byte'
        : 'edited since, or its original is not on this machine: only what was ours is taken out, the rest stays',
    ),
  'in-place': () => good('read where it lies'),
  launcher: () => good('nothing to install'),
  holds: () => good('holds what it should'),
  missing: () => bad('the file is gone'),
  changed: () => bad('no longer holds what was installed'),
  stale: () => bad('was installed from files that have changed since'),
  unreadable: () => bad('cannot be read, so that nobody knows what it holds'),
};

function ownership({ state, way, ours, yours }: ApplyItem, context: ApplyContext): string[] {
  if (state !== 'applied' || way !== 'merge') return [];
  const kept =
    yours > 0
      ? `${count(yours, 'entry of yours', 'entries of yours')} beside them and all else stay`
      : 'all else stays';
  return wrap([`${count(ours, 'entry is', 'entries and values are')} from Stakes; ${kept} as you wrote it`], {
    ...context,
    first: ['  '],
    rest: ['  '],
  });
}

function gone(item: ApplyItem, { file }: ApplyResult, context: ApplyContext): string[] {
  if (!['missing', 'changed', 'stale', 'unreadable'].includes(item.state)) return [];
  const { items, more } = firstOf(item.gone, 8);
  return [
    ...items.map((what) => `  - ${shown(what, context.columns - 4)}`),
    ...(more > 0 ? [`  - and ${more} more`] : []),
    `  ${item.state === 'unreadable' ? 'make it readable, then' : 'mend'}: ${stakes('apply', file, wayOf(item, context))}`,
  ];
}

function wayOf({ target, installation, way, path }: ApplyItem, { given }: ApplyContext): Flags {
  return { target, as: installation, to: way === 'file' ? path : undefined, ...whereOf(given) };
}

function said(kind: 'warning' | 'note', texts: readonly string[], context: ApplyContext): string[] {
  return texts.flatMap((text) =>
    wrap([prose(shown(text))], { ...context, first: ['  ', { text: kind, style: 'warn' }, ': '], rest: ['    '] }),
  );
}

function inPlace({ items, folder }: ApplyResult, context: ApplyContext): string[] {
  const targets = items.filter(({ way }) => way === 'in-place').map(({ target }) => target);
  if (targets.length === 0) return [];
  const verb = targets.length === 1 ? 'is' : 'are';
  return wrap([`${listed(targets)} ${verb} read in place; how, says ${folder}/README.md`], {
    ...context,
    first: ['- '],
    rest: ['  '],
  });
}

function next({ file }: ApplyResult, { paint, given }: ApplyContext): string[] {
  return [
    `  ${paint.dim('prove:')} ${stakes('prove', file, whereOf(given))}`,
    `  ${paint.dim('undo:')}  ${stakes('apply', file, { undo: true, ...given })}`,
  ];
}
