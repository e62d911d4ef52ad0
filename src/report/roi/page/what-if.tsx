import type { RoiModel, RoiOption, RoiReport, RoiResult } from '../../../model/roi.ts';
import { ROI_INPUTS, type RoiInput } from '../../../model/roi-inputs.ts';
import { Prose, sentence } from '../../page/prose.tsx';
import { amount, bare } from './amounts.ts';
import { RangeChart, RangeLegend } from './chart/range.tsx';
import { HALF, MOST_DRAWS, SHOWN, stopsOf } from './moved.ts';

/** What the page's program needs to simulate again; it stands in the page as data. */
export interface WhatIfData {
  model: RoiModel;
  seed: number;
  draws: number;
  assigned: RoiResult['assigned'];
  best: RoiResult['best'];
  decision: string;
  options: RoiOption[];
}

interface WhatIfProps {
  result: RoiResult;
  drawing: Pick<RoiReport, 'seed' | 'draws'>;
  id: string;
}

/** Sliders for the inputs that matter most. Hidden until the program that moves them runs. */
export const WhatIf = ({ result, drawing, id }: WhatIfProps) =>
  result.whatIf.length === 0 ? null : (
    <div class="what-if" hidden>
      <h3 id={`${id}-what-if`}>What if</h3>
      <p>
        The {result.whatIf.length} inputs that move the result most. Each slider moves the likely value between the ends
        of its range, which stay. Nothing leaves this page: it simulates
        {drawing.draws > MOST_DRAWS ? ` the first ${MOST_DRAWS.toLocaleString('en-US')} futures` : ''} again by itself.
      </p>
      <form class="sliders">
        {result.whatIf.map((input) => (
          <Slider input={input} result={result} id={`${id}-${input}`} key={input} />
        ))}
        <div>
          <button type="reset" disabled>
            Back to the report
          </button>
        </div>
      </form>
      <output class="said" for={result.whatIf.map((input) => `${id}-${input}`).join(' ')} aria-live="polite">
        <Prose text={sentence(result.decision)} />.
      </output>
      <RangeChart
        result={result}
        label="Net benefit a year of every option with the sliders as they are; the sentence before it names the best one."
        ghost
      />
      <RangeLegend ghost />
      <script type="application/json" dangerouslySetInnerHTML={{ __html: dataOf(result, drawing) }} />
    </div>
  );

const Slider = ({ input, result: { model }, id }: { input: RoiInput; result: RoiResult; id: string }) => {
  const { about, unit } = ROI_INPUTS[input];
  const range = model.inputs[input];
  const stops = stopsOf(range, unit);
  const [least = 0, most = 0] = [stops[0], stops.at(-1)];
  return (
    <div class="slider">
      <label for={id}>
        <Prose text={sentence(about)} />
      </label>
      <input
        id={id}
        name={input}
        type="range"
        min="0"
        max={2 * HALF}
        step="1"
        value={HALF}
        autocomplete="off"
        aria-valuetext={amount(range.likely, unit, SHOWN)}
      />
      <output for={id} aria-live="off">
        {amount(range.likely, unit, SHOWN)}
      </output>
      <div class="ends" aria-hidden="true">
        <span>{bare(least, unit, SHOWN)}</span>
        <span>{bare(range.likely, unit, SHOWN)}</span>
        <span>{bare(most, unit, SHOWN)}</span>
      </div>
    </div>
  );
};

/** Nothing in it can end the element that it stands in. */
function dataOf(result: RoiResult, { seed, draws }: Pick<RoiReport, 'seed' | 'draws'>): string {
  const { model, assigned, best, decision } = result;
  // The chart and the decision read no months; they are most of an option.
  const options = result.options.map((option) => ({ ...option, months: [] }));
  const data: WhatIfData = { model, seed, draws, assigned, best, decision, options };
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
