import type { RoiOption, RoiReport, RoiResult, RoiSwing } from '../../../model/roi.ts';
import { Name, Prose, sentence, TierMark } from '../../page/prose.tsx';
import { seen } from '../../page/text.ts';
import { count } from '../../words.ts';
import { Asks } from './asks.tsx';
import { Assumptions } from './assumptions.tsx';
import { Curve, CurveLegend, curveScale } from './chart/curve.tsx';
import { RangeChart, RangeLegend } from './chart/range.tsx';
import { Tornado, TornadoLegend } from './chart/tornado.tsx';
import { Figures } from './figures.tsx';
import { Inference } from './inference.tsx';
import { curveLabel, curveWords, rangeLabel, swingLabel } from './labels.ts';
import { Options } from './options.tsx';
import { assigned, bestOf } from './sheets.ts';
import { Sources } from './sources.tsx';
import { WhatIf } from './what-if.tsx';

export interface AgentProps {
  result: RoiResult;
  id: string;
  drawing: Pick<RoiReport, 'seed' | 'draws' | 'against'>;
  /** Its assumptions stand in the table of the page. */
  together: boolean;
}

/** Everything about one agent; of several, each is opened by itself. */
export const AgentSheet = ({ alone, ...props }: AgentProps & { alone: boolean }) => {
  const { result, id } = props;
  if (alone)
    return (
      <section class="sheet agent" id={id} aria-label={seen(result.name, 200)}>
        <Content {...props} />
      </section>
    );
  return (
    <details class="sheet agent" id={id}>
      <summary>
        <h2>{seen(result.name, 200)}</h2>
        <TierMark tier={result.tier} />
        <p class="verdict">
          <Prose text={sentence(result.decision)} />.
        </p>
      </summary>
      <div class="inside" id={`${id}-inside`}>
        <Content {...props} />
      </div>
    </details>
  );
};

const Content = ({ result, id, drawing, together }: AgentProps) => {
  const tree = assigned(result);
  const best = bestOf(result);
  const first = best ?? tree;
  return (
    <>
      <p>
        <code>{seen(result.agent, 200)}</code> <span class="muted">in</span> <Name text={result.file} />
      </p>
      <Difference difference={result.difference} />
      <Figures result={result} />
      <h3 id={`${id}-range`}>What each option returns a year</h3>
      <p>US dollars avoided less US dollars added, with building spread over three years, against {drawing.against}.</p>
      <RangeChart result={result} label={rangeLabel(result)} />
      <RangeLegend />
      <Options result={result} />
      <Sources result={result} id={id} />
      <h3 id={`${id}-curve`}>When it pays back</h3>
      <Curves options={best && best !== tree ? [tree, best] : [tree]} />
      <h3 id={`${id}-matters`}>What matters most</h3>
      <Swings swings={result.swings} option={first} />
      {result.tierSwings.length > 0 ? (
        <details class="more">
          <summary>The same for {sentence(tree.title)}, which the tree asks for</summary>
          <Swings swings={result.tierSwings} option={tree} />
        </details>
      ) : null}
      <WhatIf result={result} drawing={drawing} id={id} />
      <Inference inference={result.inference} id={id} />
      <Asks asks={result.asks} id={id} />
      <h3 id={`${id}-assumptions`}>What this rests on</h3>
      <Assumptions result={result} label={`Assumptions of ${seen(result.name, 80)}`} together={together} />
    </>
  );
};

const Difference = ({ difference }: Pick<RoiResult, 'difference'>) =>
  difference.length === 0 ? null : (
    <div class="note">
      <strong>Why the money and the tree differ</strong>
      <ul>
        {difference.map((reason) => (
          <li key={reason}>
            <Prose text={sentence(reason)} />.
          </li>
        ))}
      </ul>
    </div>
  );

const Curves = ({ options }: { options: readonly RoiOption[] }) => {
  const scale = curveScale(options);
  return (
    <>
      <p>Cumulative net benefit by month, from the day on which the option is built.</p>
      <div class="curves">
        {options.map((option) => (
          <figure class={option === options[1] ? 'best' : 'tree'} key={option.id}>
            <figcaption>
              <strong>{sentence(option.title)}</strong> <span class="muted">{curveWords(option)}</span>
            </figcaption>
            <Curve option={option} scale={scale} label={curveLabel(option)} />
          </figure>
        ))}
      </div>
      <CurveLegend />
    </>
  );
};

/** More of them would be too narrow to see. */
const MOST = 8;

const Swings = ({ swings, option }: { swings: readonly RoiSwing[]; option: RoiOption }) => {
  const shown = swings.slice(0, MOST);
  const rest = swings.length - shown.length;
  if (shown.length === 0) return <p>No input moves it.</p>;
  return (
    <>
      <p>
        The expected net of {sentence(option.title)} with one input at a time at its P10 and at its P90, and all others
        at their mean.{rest > 0 ? ` ${count(rest, 'more input moves', 'more inputs move')} it less.` : ''}
      </p>
      <Tornado swings={shown} expected={option.netAtMeans} label={swingLabel(option, shown)} />
      <TornadoLegend />
    </>
  );
};
