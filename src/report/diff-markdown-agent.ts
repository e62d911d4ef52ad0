import type { AgentDiff, DiffReport, ToolRef } from '../model/diff.ts';
import { changePhrases } from './diff-change-words.ts';
import { clipped, findingSections, folded, ignoreLines, listSection } from './diff-markdown-findings.ts';
import { byStakes, rowWords, toolChangeWords } from './diff-tool-words.ts';
import { named } from './diff-value-words.ts';
import { approvalChange, causeWords, isReadable, type Move, moveOf, tierMove, toolCounts } from './diff-words.ts';
import { type Leak, leaksOf, strangersWords } from './disclosure.ts';
import { HOLD_DOCS, heldTools } from './holds.ts';
import { cells, code, markdown } from './markdown-text.ts';
import { firstOf } from './words.ts';

const NAMES = 12;

/** What became of one agent, its tier first. */
export function agentSection(diff: AgentDiff, report: DiffReport): string[] {
  const { file, place, findings, ignores } = diff;
  return [
    `${MARKS[moveOf(diff)]}${sentence(diff)}. (${code(`${file}${place ? `:${place.line}` : ''}`)})`,
    ...(isReadable(diff) ? factLines(diff, report) : []),
    ...ignoreLines(ignores, report),
    ...findingSections(findings, report),
  ];
}

const MARKS: Record<Move, string> = { up: '⬆️ ', new: '🆕 ', down: '⬇️ ', gone: '➖ ', none: '' };

function factLines(diff: AgentDiff, report: DiffReport): string[] {
  const facts = [...leakItems(diff), ...stakesItems(diff), ...approvalItems(diff)];
  const settings = diff.settings.flatMap((change) => changePhrases(change, diff)).map((text) => `- ${markdown(text)}`);
  return [
    ...listSection('', facts, report),
    ...toolLines(diff, report),
    ...folded('**Settings**', `Settings: ${settings.length} changed`, clipped(settings, report), settings.length),
  ];
}

function sentence(diff: AgentDiff): string {
  const because = causeWords(diff, markdown);
  return `${code(diff.agent)} ${tierMove(diff, (tier) => `**${tier}**`, code)}${because === '' ? '' : `, because ${because}`}`;
}

function leakItems({ agent, disclosurePaths, highStakes }: AgentDiff): string[] {
  const item = (title: string) => (leak: Leak) => `- **${title}**: ${leakText(leak)}`;
  return [
    ...leaksOf({ agent, disclosurePaths: disclosurePaths.new, highStakes: highStakes.new }).map(
      item('New disclosure path'),
    ),
    ...leaksOf({ agent, disclosurePaths: disclosurePaths.gone, highStakes: [] }).map(item('Disclosure path closed')),
  ];
}

function leakText({ data, untrusted, exits, held, certain }: Leak): string {
  const { items, more } = firstOf(exits, NAMES);
  const ways = `${items.map(code).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const hold = held ? (exits.length === 1 ? ' (asks)' : ' (all ask)') : '';
  return `${code(data)} → ${markdown(strangersWords(untrusted))} → ${ways}${hold}${certain ? '' : ' (if an open fact turns out so)'}`;
}

function stakesItems({ agent, highStakes }: AgentDiff): string[] {
  const gone = heldTools({ agent, highStakes: highStakes.gone }).flatMap(({ tools }) => tools);
  return [
    ...heldTools({ agent, highStakes: highStakes.new }).map(({ hold, tools, why }) => {
      const reasons = why === '' ? '' : `: ${markdown(why)}`;
      return `- **Now high-stakes**: ${names(tools)} (${HOLD_DOCS[hold].label})${reasons}`;
    }),
    ...(gone.length > 0 ? [`- **No longer high-stakes**: ${names(gone)}`] : []),
  ];
}

function names(tools: readonly string[]): string {
  const { items, more } = firstOf(tools, NAMES);
  return `${items.map(code).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function approvalItems(diff: AgentDiff): string[] {
  const words = approvalChange(diff);
  return words === undefined ? [] : [`- **Approvals**: ${words}`];
}

function toolLines(diff: AgentDiff, report: DiffReport): string[] {
  const { added, removed, changed } = diff.tools;
  const name = (ref: ToolRef) =>
    `${code(named(ref.tool))}${ref.agent === diff.agent ? '' : ` in ${code(named(ref.agent, 64))}`}`;
  const rows = [
    ...byStakes(added).map((tool) => cells('added', name(tool), rowWords(tool))),
    ...removed.map((tool) => cells('removed', name(tool), '')),
    ...changed.map((tool) => {
      const { items, more } = firstOf(toolChangeWords(tool), NAMES);
      return cells('changed', name(tool), [...items.map(markdown), ...(more > 0 ? [`${more} more`] : [])].join('; '));
    }),
  ];
  const head = [cells('', 'Tool', 'What'), cells('---', '---', '---')];
  const lines = clipped(rows, report, (text) => cells('', '', text));
  return folded(`**Tools**: ${toolCounts(diff)}`, `Tools: ${toolCounts(diff)}`, [...head, ...lines], rows.length);
}
