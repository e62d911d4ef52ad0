import type { RoiReport, RoiResult } from '../../model/roi.ts';
import { columns } from '../columns.ts';
import type { Format, ReportContext } from '../context.ts';
import { renderProblems } from '../problems.ts';
import { heading, item } from '../row.ts';
import { shown } from '../shown.ts';
import { count, firstOf, listed, prose, type Words } from '../words.ts';
import { wrap } from '../wrap.ts';
import { dollars } from './parts/money.ts';
import {
  assumedRange,
  byWeight,
  LINE_WORDS,
  linesOf,
  OPTION_HEAD,
  OPTION_NOTES,
  optionRows,
  swingRange,
  swungOption,
} from './parts/rows.ts';

/** For whoever pays: the decision, the options, what matters most, and what is only assumed; of several agents the first two. */
export const format: Format<RoiReport> = (report, context) => {
  const { results, errors, counted } = report;
  const linesOf = results.length > 1 ? headLines : agentLines;
  const agents = results.map((result) => `${linesOf(result, report, context).join('\n')}\n`);
  const apart = counted.map(({ agent, with: above }) =>
    paragraph([`${shown(agent, 64)} is counted with ${shown(above, 64)}, which starts it`], context),
  );
  const sum = results.length > 1 ? [`${summary(results, context).join('\n')}\n`] : [];
  const problems = errors.length > 0 ? [renderProblems(errors, context)] : [];
  return [...agents, ...apart, ...sum, ...problems].join('\n');
};

const paragraph = (words: Words, context: ReportContext) => `${wrap(words, { ...context, rest: ['  '] }).join('\n')}\n`;

function headLines(result: RoiResult, _: RoiReport, context: ReportContext): string[] {
  const { agent, name, file, decision, difference } = result;
  const title = name === agent ? shown(agent, 64) : `${shown(name, 100)} (${shown(agent, 64)})`;
  return [
    ...wrap([{ text: title, style: 'strong' }, ' in ', { text: shown(file), style: 'dim' }], context),
    ...wrap([{ text: prose(sentence(decision)), style: 'strong' }], { ...context, rest: ['  '] }),
    ...(difference.length === 0 ? [] : ['', ...difference.flatMap((line) => note(sentence(line), context))]),
    '',
    ...heading(['Net benefit a year in $1,000, against no control at all:'], context),
    '',
    ...columns(OPTION_HEAD, optionRows(result), context),
  ];
}

function agentLines(result: RoiResult, report: RoiReport, context: ReportContext): string[] {
  return [
    ...headLines(result, report, context),
    '',
    ...OPTION_NOTES.flatMap((line) => note(line, context)),
    ...whereLines(result, context),
    ...swingLines(result, context),
    ...modelLines(result, context),
    ...assumptionLines(result, context),
    ...askLines(result, context),
    '',
    ...note(
      `${report.draws.toLocaleString('en-US')} simulated futures of ${report.months} months, seed ${report.seed}`,
      context,
    ),
  ];
}

/** Means add up, whatever the agents have in common. */
function summary(results: readonly RoiResult[], context: ReportContext): string[] {
  const asked = results.map(({ options, assigned }) => options.find(({ id }) => id === assigned)?.net.mean ?? 0);
  const best = results.map(({ options, best: id }) => options.find((option) => option.id === id)?.net.mean ?? 0);
  const sum = (numbers: number[]) => dollars(numbers.reduce((all, each) => all + each, 0));
  const defaults = results.every(({ assumptions }) => assumptions.every(({ isDefault }) => isDefault));
  return [
    ...wrap(
      [
        { text: `${results.length} agents: ${sum(asked)} a year net with what the tree asks for`, style: 'strong' },
        `, ${sum(best)} with the best options by money`,
      ],
      { ...context, rest: ['  '] },
    ),
    ...OPTION_NOTES.flatMap((line) => note(line, context)),
    ...(defaults
      ? note('every assumption is a default; name one manifest to see which, and what matters most', context)
      : []),
  ];
}

function whereLines(result: RoiResult, context: ReportContext): string[] {
  const option = swungOption(result);
  if (!option) return [];
  const { avoided, added } = linesOf(option);
  const words = (lines: [string, number][]) =>
    lines.length === 0 ? 'nothing' : listed(lines.map(([line, usd]) => `${LINE_WORDS[line] ?? line} ${dollars(usd)}`));
  return [
    '',
    ...heading([`${option.title}, a year:`], context),
    ...wrap(['avoids ', words(avoided)], { ...context, first: ['    '], rest: ['      '] }),
    ...wrap(['costs ', words(added)], { ...context, first: ['    '], rest: ['      '] }),
  ];
}

function swingLines(result: RoiResult, context: ReportContext): string[] {
  const option = swungOption(result);
  const { items } = firstOf(result.swings, 5);
  if (!option || items.length === 0) return [];
  return [
    '',
    ...heading([`What matters most for ${option.title.toLowerCase()}, one at a time from P10 to P90:`], context),
    ...items.flatMap((swing, index) =>
      item(
        index + 1,
        [
          { text: swing.input, style: 'note' },
          `: ${prose(swing.about)}; at ${swingRange(swing)}, net ${dollars(swing.netAtLow)} to ${dollars(swing.netAtHigh)}${swing.isDefault ? ' (default)' : ''}`,
        ],
        context,
      ),
    ),
  ];
}

function modelLines({ inference: { bills, savings } }: RoiResult, context: ReportContext): string[] {
  if (bills.length === 0) return [];
  const lines = bills.map(({ agent, model, price, usdPerYear }) =>
    price && usdPerYear
      ? `${shown(agent, 64)} on ${shown(model, 100)}: about ${dollars(usdPerYear.mean)} a year ($${price.input} in and $${price.output} out a million tokens, read ${price.asOf || 'on no day that is stated'})`
      : `${shown(agent, 64)} on ${shown(model, 100)}: the price is not known`,
  );
  const cuts = firstOf(savings, 3).items.map(
    ({ agent, text, usdPerYear }) => `about ${dollars(usdPerYear.mean)} less: ${text} (${shown(agent, 64)})`,
  );
  return [
    '',
    ...heading(['Models a year, and what would make them cheaper:'], context),
    ...[...lines, ...cuts].flatMap((line) => note(line, context, '    ')),
  ];
}

function assumptionLines(result: RoiResult, context: ReportContext): string[] {
  const defaults = byWeight(result).filter(({ isDefault }) => isDefault);
  if (defaults.length === 0) return [];
  const { items, more } = firstOf(defaults, 6);
  return [
    '',
    ...heading(
      [
        `${count(defaults.length, 'assumption')} of ${result.assumptions.length} ${defaults.length === 1 ? 'is a default' : 'are defaults'}, those that matter most first:`,
      ],
      context,
    ),
    ...items.flatMap((assumption) =>
      wrap([{ text: assumption.input, style: 'note' }, `: ${assumedRange(assumption)}; ${assumption.source}`], {
        ...context,
        first: ['    '],
        rest: ['      '],
      }),
    ),
    ...(more > 0 ? note(`and ${more} more: \`--format markdown\` lists them all`, context, '    ') : []),
  ];
}

function askLines({ asks, swings }: RoiResult, context: ReportContext): string[] {
  // What stands above as what matters most is not told twice.
  const told = new Set<string>(swings.map(({ input }) => input));
  const { items, more } = firstOf(
    asks.filter(({ id }) => !told.has(id)),
    6,
  );
  const file = '`stakes roi --init` writes a file for the figures that are defaults here';
  return [
    '',
    ...heading(['To narrow this down:'], context),
    ...items.flatMap(({ id, text }) => note(`${shown(text)} (${shown(id)})`, context, '    ')),
    ...(more > 0 ? note(`and ${more} more`, context, '    ') : []),
    ...note(file, context, '    '),
  ];
}

const note = (text: string, context: ReportContext, indent = '  ') =>
  wrap([{ text: prose(text), style: 'dim' }], { ...context, first: [indent], rest: [`${indent}  `] });

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
