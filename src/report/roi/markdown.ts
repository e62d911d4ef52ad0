import type { RoiReport, RoiResult } from '../../model/roi.ts';
import type { Format } from '../context.ts';
import { code, markdown, table } from '../markdown-text.ts';
import { listed } from '../words.ts';
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

/** For a budget paper: the same as on a terminal, and every assumption with its source. */
export const format: Format<RoiReport> = (report) => {
  const { results, errors, counted, draws, months, seed, against } = report;
  const sections = results.flatMap((result) => [...section(result), '']);
  const apart = counted.map(
    ({ agent, with: above }) => `- ${code(agent)} is counted with ${code(above)}, which starts it`,
  );
  const problems = errors.map(({ message }) => `- ${markdown(message)}`);
  return `${[
    '# What control costs and saves',
    '',
    `Compared with ${markdown(against)}. ${draws} simulated futures of ${months} months, seed ${seed}.`,
    '',
    ...sections,
    ...(apart.length > 0 ? [...apart, ''] : []),
    ...(problems.length > 0 ? ['## Not read', '', ...problems, ''] : []),
  ]
    .join('\n')
    .trimEnd()}\n`;
};

function section(result: RoiResult): string[] {
  const { agent, name, file, decision, difference, inference, asks, assumptions } = result;
  const option = swungOption(result);
  const [last, ...others] = [...OPTION_HEAD].reverse();
  return [
    `## ${markdown(name)}`,
    '',
    `${code(agent)} in ${code(file)}`,
    '',
    `**${markdown(sentence(decision))}.**`,
    ...(difference.length === 0 ? [] : ['', ...difference.map((line) => `- ${markdown(sentence(line))}`)]),
    '',
    '### Options',
    '',
    'Net benefit a year in $1,000.',
    ...table(
      [...others.reverse(), last || 'is'],
      optionRows(result).map((row) => row.map(markdown)),
    ),
    '',
    ...OPTION_NOTES.map((line) => `- ${markdown(line)}`),
    ...(option ? ['', ...whereLines(option)] : []),
    ...swings(result),
    ...models(inference),
    '',
    '### Assumptions',
    ...table(
      ['Input', 'What it is', 'Range', 'Likely', 'Source', 'Date', 'Default'],
      byWeight(result).map((each) => [
        code(each.input),
        markdown(each.about),
        markdown(assumedRange(each)),
        markdown(assumedRange({ ...each, low: each.likely, high: each.likely })),
        markdown(each.source),
        each.date || '-',
        each.isDefault ? 'yes' : 'no',
      ]),
    ),
    ...(assumptions.length === 0 ? ['', 'None.'] : []),
    ...(asks.length > 0
      ? ['', '### To narrow this down, state', '', ...asks.map(({ id, text }) => `- ${code(id)}: ${markdown(text)}`)]
      : []),
  ];
}

function whereLines(option: NonNullable<ReturnType<typeof swungOption>>): string[] {
  const { avoided, added } = linesOf(option);
  const words = (lines: [string, number][]) =>
    lines.length === 0 ? 'nothing' : listed(lines.map(([line, usd]) => `${LINE_WORDS[line] ?? line} ${dollars(usd)}`));
  return [`${markdown(option.title)}, a year: avoids ${words(avoided)}; costs ${words(added)}.`];
}

function swings(result: RoiResult): string[] {
  const option = swungOption(result);
  if (!option || result.swings.length === 0) return [];
  return [
    '',
    '### What matters most',
    '',
    `Expected net of ${markdown(option.title.toLowerCase())} with one input at a time at its P10 and at its P90, all others at their mean.`,
    ...table(
      ['Input', 'What it is', 'P10 to P90', 'Net a year', 'Default'],
      result.swings
        .slice(0, 10)
        .map((swing) => [
          code(swing.input),
          markdown(swing.about),
          markdown(swingRange(swing)),
          `${dollars(swing.netAtLow)} to ${dollars(swing.netAtHigh)}`,
          swing.isDefault ? 'yes' : 'no',
        ]),
    ),
  ];
}

function models({ bills, savings }: RoiResult['inference']): string[] {
  if (bills.length === 0) return [];
  return [
    '',
    '### Models',
    ...table(
      ['Agent', 'Model', 'a year', '$ a million tokens in, out', 'Price of'],
      bills.map(({ agent, model, price, usdPerYear }) => [
        code(agent),
        code(model),
        usdPerYear ? dollars(usdPerYear.mean) : 'not known',
        price ? `${price.input}, ${price.output}` : 'not known',
        price?.asOf ?? '-',
      ]),
    ),
    ...table(
      ['Change', 'Agent', 'saves a year', 'P10 to P90'],
      savings.map(({ agent, text, usdPerYear }) => [
        markdown(text),
        code(agent),
        dollars(usdPerYear.mean),
        `${dollars(usdPerYear.p10)} to ${dollars(usdPerYear.p90)}`,
      ]),
    ),
  ];
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
