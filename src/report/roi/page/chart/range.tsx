import type { RoiOption, RoiResult } from '../../../../model/roi.ts';
import { money, moneyRange } from '../amounts.ts';
import { Chips } from '../chips.tsx';
import { Axis, Grid } from './axis.tsx';
import { rangeMarks, rangeScale } from './marks.ts';
import type { Scale } from './scale.ts';

interface RangeProps {
  result: Pick<RoiResult, 'options' | 'assigned' | 'best'>;
  /** In words, for whoever does not see it. */
  label: string;
  /** With an outline of what the report says, for a chart that changes. */
  ghost?: boolean;
}

/** Net benefit a year of every option, as ranges on one scale. */
export const RangeChart = ({ result, label, ghost = false }: RangeProps) => {
  const scale = rangeScale(result.options);
  return (
    <div class="chart range" role="img" aria-label={label}>
      {result.options.map((option) => (
        <Row option={option} result={result} scale={scale} ghost={ghost} key={option.id} />
      ))}
      <Axis scale={scale} />
    </div>
  );
};

interface RowProps extends Required<Pick<RangeProps, 'result' | 'ghost'>> {
  option: RoiOption;
  scale: Scale;
}

const Row = ({ option, result, scale, ghost }: RowProps) => {
  const { x, width, median, mean } = rangeMarks(option, scale);
  const tone = option.id === result.best ? 'best' : option.id === result.assigned ? 'tree' : '';
  return (
    <div class={`row ${tone}`} data-option={option.id}>
      <div class="row-label">
        {option.title} <Chips option={option.id} result={result} movable={ghost} />
      </div>
      <svg class="plot" width="100%" height="34" aria-hidden="true">
        <Grid scale={scale} />
        <svg y="50%" overflow="visible" aria-hidden="true">
          {ghost ? <rect class="ghost" x={`${x}%`} y="-10" width={`${width}%`} height="20" rx="3" /> : null}
          <rect class="bar" x={`${x}%`} y="-7" width={`${width}%`} height="14" rx="2" />
          <line class="median" x1={`${median}%`} x2={`${median}%`} y1="-9" y2="9" />
          <svg class="at" x={`${mean}%`} overflow="visible" aria-hidden="true">
            <path class="mean" d="M-5.5 0L0 -5.5L5.5 0L0 5.5Z" />
          </svg>
        </svg>
      </svg>
      <div class="row-value">
        <strong>{money(option.net.mean)}</strong> <span class="muted">{moneyRange(option.net)}</span>
      </div>
    </div>
  );
};

export const RangeLegend = ({ ghost = false }: { ghost?: boolean }) => (
  <ul class="legend">
    <li>
      <svg width="34" height="18" aria-hidden="true">
        <rect class="bar" x="1" y="4" width="32" height="10" rx="2" />
      </svg>
      8 of 10 simulated futures (P10 to P90)
    </li>
    <li>
      <svg width="12" height="18" aria-hidden="true">
        <line class="median" x1="6" x2="6" y1="1" y2="17" />
      </svg>
      the middle one (P50)
    </li>
    <li>
      <svg width="14" height="18" aria-hidden="true">
        <path class="mean" d="M1.5 9L7 3.5L12.5 9L7 14.5Z" />
      </svg>
      the average, which rare and large losses pull
    </li>
    {ghost ? (
      <li>
        <svg width="34" height="18" aria-hidden="true">
          <rect class="ghost" x="1" y="2" width="32" height="14" rx="3" />
        </svg>
        as reported
      </li>
    ) : null}
  </ul>
);
