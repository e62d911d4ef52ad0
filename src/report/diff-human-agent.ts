import type { AgentDiff, ToolRef } from '../model/diff.ts';
import { toolWords } from './assessment-words.ts';
import type { Paint, ReportContext } from './context.ts';
import { changePhrases } from './diff-change-words.ts';
import { findingRows, ignoreRows } from './diff-human-findings.ts';
import { ROWS_SHOWN, someRows } from './diff-human-rows.ts';
import { byStakes, rowWords, toolChangeWords } from './diff-tool-words.ts';
import { approvalChange, causeWords, isReadable, type Move, moveOf, tierMove } from './diff-words.ts';
import { leaksOf, leakWords } from './disclosure.ts';
import { HOLD_DOCS, heldTools } from './holds.ts';
import { row } from './row.ts';
import { shown } from './shown.ts';
import { firstOf, type Piece, prose, type Words } from './words.ts';
import { wrap } from './wrap.ts';

const STYLES: Record<Move, keyof Paint> = { up: 'bad', new: 'warn', down: 'good', gone: 'dim', none: 'note' };

export function agentLines(diff: AgentDiff, context: ReportContext): string[] {
  const { agent, name, file, place, findings, ignores } = diff;
  const title = name === agent ? shown(agent, 64) : `${shown(name, 100)} (${shown(agent, 64)})`;
  const where = `${shown(file)}${place ? `:${place.line}` : ''}`;
  const because = causeWords(diff);
  return [
    ...wrap([{ text: title, style: 'strong' }, ' in ', { text: where, style: 'dim' }], context),
    ...wrap(
      [
        { text: tierMove(diff, (tier) => tier), style: STYLES[moveOf(diff)] },
        because === '' ? '' : prose(`, because ${because}`),
      ],
      { ...context, first: ['  '], rest: ['    '] },
    ),
    ...(isReadable(diff) ? factRows(diff, context) : []),
    ...ignoreRows(ignores, context),
    ...findingRows('new', findings.new, context),
    ...findingRows('fixed', findings.fixed, context),
  ];
}

function factRows(diff: AgentDiff, context: ReportContext): string[] {
  return [
    ...leakRows(diff, context),
    ...stakesRows(diff, context),
    ...toolRows(diff, context),
    ...settingRows(diff, context),
  ];
}

function leakRows({ agent, disclosurePaths, highStakes }: AgentDiff, context: ReportContext): string[] {
  const opened = leaksOf({ agent, disclosurePaths: disclosurePaths.new, highStakes: highStakes.new });
  const closed = leaksOf({ agent, disclosurePaths: disclosurePaths.gone, highStakes: highStakes.gone });
  return [
    ...someRows(opened, context, (leak) => {
      const mark: Piece = leak.certain && !leak.held ? { text: '✗', style: 'bad' } : { text: '!', style: 'warn' };
      return row({ mark, label: { ...mark, text: 'disclosure' }, text: [`new: ${leakWords(leak)}`] }, context);
    }),
    ...someRows(closed, context, (leak) =>
      row({ ...good('disclosure'), text: [`gone: ${leakWords({ ...leak, held: false })}`] }, context),
    ),
  ];
}

function stakesRows({ agent, highStakes }: AgentDiff, context: ReportContext): string[] {
  const gone = heldTools({ agent, highStakes: highStakes.gone }).flatMap(({ tools }) => tools);
  return [
    ...someRows(heldTools({ agent, highStakes: highStakes.new }), context, ({ tools, hold, why }) => {
      const { label, held } = HOLD_DOCS[hold];
      const mark: Piece = held ? { text: '!', style: 'warn' } : { text: '✗', style: 'bad' };
      const words: Words = ['now ', ...strong(tools), prose(`${why === '' ? '' : `: ${why}`} (${label})`)];
      return row({ mark, label: { ...mark, text: 'high-stakes' }, text: words }, context);
    }),
    ...(gone.length > 0 ? row({ ...good('high-stakes'), text: ['no longer ', ...strong(gone)] }, context) : []),
  ];
}

function toolRows({ agent, tools }: AgentDiff, context: ReportContext): string[] {
  const name = (ref: ToolRef) => toolWords(ref, agent);
  const changed = tools.changed.map((tool) => {
    const { items, more } = firstOf(toolChangeWords(tool), ROWS_SHOWN);
    return { tool: name(tool), words: [...items, ...(more > 0 ? [`${more} more`] : [])].join('; ') };
  });
  const rows = (mark: string, label: string, told: readonly Told[]) =>
    someRows(alike(told), context, ({ names, words }) => {
      const what = words === '' ? '' : prose(`: ${names.length > 1 ? 'each ' : ''}${words}`);
      return row({ mark: { text: mark }, label: { text: label }, text: [...strong(names), what] }, context);
    });
  return [
    ...rows(
      '+',
      'added',
      byStakes(tools.added).map((tool) => ({ tool: name(tool), words: rowWords(tool) })),
    ),
    ...rows(
      '-',
      'removed',
      tools.removed.map((tool) => ({ tool: name(tool), words: '' })),
    ),
    ...rows('~', 'changed', changed),
  ];
}

interface Told {
  tool: string;
  words: string;
}

/** Tools of which the same is to be said, in one row. */
function alike(told: readonly Told[]): { names: string[]; words: string }[] {
  const groups = new Map<string, string[]>();
  for (const { tool, words } of told) groups.set(words, [...(groups.get(words) ?? []), tool]);
  return [...groups].map(([words, names]) => ({ words, names }));
}

function settingRows(diff: AgentDiff, context: ReportContext): string[] {
  const phrases = diff.settings.flatMap((change) => changePhrases(change, diff));
  const approvals = approvalChange(diff);
  return [
    ...someRows(phrases, context, (phrase) =>
      row({ mark: { text: '~' }, label: { text: 'setting' }, text: [prose(phrase)] }, context),
    ),
    ...(approvals === undefined
      ? []
      : row({ mark: { text: '~' }, label: { text: 'approvals' }, text: [approvals] }, context)),
  ];
}

function strong(names: readonly string[]): Words {
  const { items, more } = firstOf(names, ROWS_SHOWN);
  const words = items.flatMap((name, index): Words => [index > 0 ? ', ' : '', { text: name, style: 'strong' }]);
  return [...words, ...(more > 0 ? [` and ${more} more`] : [])];
}

const good = (label: string) =>
  ({ mark: { text: '✓', style: 'good' }, label: { text: label, style: 'good' } }) as const;
