import type { RoiAssumption, RoiResult } from '../../model/roi.ts';

/** How many inputs a draft names: whoever answers these has settled most of the result. */
const MOST = 15;

/** A `stakes.roi.yaml` with the inputs that matter most for these agents, each as a comment: a default stays one until somebody answers. */
export function draftOf(results: readonly RoiResult[]): string {
  const lines = weightiest(results).flatMap((assumption) => ['', ...entryOf(assumption)]);
  const prices = results.flatMap(({ inference }) =>
    inference.bills.filter(({ price }) => price === null).map(({ model }) => model),
  );
  return `${[
    '# What we know of our costs, for `stakes roi`. Below are the inputs that matter most for the agents here, as Stakes',
    '# assumes them. Take the `# ` away from a line, put your figures in, and say who knows them. `low` and `high` are what it',
    '# can hardly be below and above; one number stands for all three.',
    'schemaVersion: 1',
    '',
    'inputs:',
    ...lines.slice(1),
    '',
    '# What is different for one agent:',
    '# agents:',
    `#   ${results[0]?.agent ?? 'refund-desk'}:`,
    '#     reviewSeconds: { low: 20, likely: 45, high: 120, unit: seconds, source: "approval inbox", date: "2026-11" }',
    ...(prices.length > 0
      ? [
          '',
          '# Models whose price Stakes does not know, in US dollars for a million tokens:',
          '# prices:',
          ...[...new Set(prices)].map(
            (model) => `#   ${JSON.stringify(model)}: { input: 3, output: 15, source: "", asOf: "" }`,
          ),
        ]
      : []),
  ].join('\n')}\n`;
}

/** By the widest swing that an input has for any agent. */
function weightiest(results: readonly RoiResult[]): RoiAssumption[] {
  const widths = new Map<string, number>();
  const found = new Map<string, RoiAssumption>();
  for (const { assumptions, swings, tierSwings } of results) {
    for (const { input, netAtLow, netAtHigh } of [...swings, ...tierSwings])
      widths.set(input, Math.max(widths.get(input) ?? 0, Math.abs(netAtHigh - netAtLow)));
    for (const assumption of assumptions) found.set(assumption.input, assumption);
  }
  return [...found.values()]
    .sort((a, b) => (widths.get(b.input) ?? 0) - (widths.get(a.input) ?? 0))
    .filter(({ input, isDefault }, rank) => !isDefault || (widths.has(input) && rank < MOST));
}

function entryOf({ input, about, unit, low, likely, high, source, isDefault }: RoiAssumption): string[] {
  const from = isDefault ? `a default: ${source}` : source;
  return [
    ...wrapped(`${about} (${from})`).map((line) => `  # ${line}`),
    `  # ${input}: { low: ${low}, likely: ${likely}, high: ${high}, unit: ${unit}, source: "", date: "" }`,
  ];
}

const WIDTH = 110;

function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
