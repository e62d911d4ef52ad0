import { ROI_INPUT_NAMES, ROI_INPUTS } from '../../model/roi-inputs.ts';
import { code } from '../../report/markdown-text.ts';
import { rangeOf } from '../../report/roi/parts/money.ts';
import { DEFAULTS } from '../../roi/assumptions.ts';
import { PRICES } from '../../roi/prices.ts';
import { link, markdown, type Page, page, table } from './page.ts';

/** Every input of the cost model with its default and where that comes from. */
export function roiInputsPage(): Page {
  const judged = ROI_INPUT_NAMES.filter((name) => DEFAULTS[name].source === 'judgement').length;
  return page(
    'roi-inputs',
    'Inputs of the cost model',
    'Every input of [`stakes roi`](roi.md) with its default, its unit and where the default comes from.',
    [
      `Of ${ROI_INPUT_NAMES.length} defaults ${judged} are judgement: nobody publishes them, and whoever knows better puts them in \`stakes.roi.yaml\`. A range is what the value can hardly be below or above. What is drawn for each event (a loss) has \`likely\` as its median, and all else as its most likely value.`,
      ...table(
        ['input', 'what it is', 'range', 'likely', 'source', 'date'],
        ROI_INPUT_NAMES.map((name) => {
          const { about, unit, drawn } = ROI_INPUTS[name];
          const { low, likely, high, source, date } = DEFAULTS[name];
          return [
            code(name),
            markdown(drawn === 'event' ? `${about} (for each event)` : about),
            markdown(rangeOf(low, high, unit)),
            markdown(rangeOf(likely, likely, unit)),
            markdown(source),
            date || '-',
          ];
        }),
      ),
      '',
      '## Prices of models',
      '',
      'US dollars for a million tokens, without caching, batches or surcharges for long contexts. They change; `prices` in `stakes.roi.yaml` stands before them.',
      ...table(
        ['model', 'in', 'out', 'next smaller', 'read on', 'from'],
        PRICES.flatMap(({ provider, asOf, source, models }) =>
          Object.entries(models).map(([id, { input, output, smaller }]) => [
            code(`${provider}/${id}`),
            String(input),
            String(output),
            smaller ? code(smaller) : '-',
            asOf,
            markdown(source),
          ]),
        ),
      ),
      '',
      `How they are used is in ${link('the cost model', 'roi.md')}.`,
    ],
  );
}
