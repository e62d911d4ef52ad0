import { ROI_MONTHS, type RoiMonth, type RoiOption } from '../../../../model/roi.ts';
import { money } from '../amounts.ts';
import { at, hundredths, type Scale, scaleOf } from './scale.ts';

const MONTHS: Scale = { least: 0, most: ROI_MONTHS, ticks: [0, 12, 24, 36] };

/** One scale for all curves of an agent, so that they can be compared. */
export function curveScale(options: readonly Pick<RoiOption, 'months'>[]): Scale {
  return scaleOf(options.flatMap(({ months }) => months.flatMap(({ p10, p50, p90, mean }) => [p10, p50, p90, mean])));
}

/** Cumulative net benefit by month: the average, the middle future, and the band of 8 in 10. */
export const Curve = ({ option, scale, label }: { option: RoiOption; scale: Scale; label: string }) => {
  const { months, breakEvenMonth } = option;
  return (
    <div class="chart curve" role="img" aria-label={label}>
      <svg class="up" width="100%" height="100%" aria-hidden="true">
        {scale.ticks.map((tick) => (
          <text x="100%" dx="-6" y={`${down(tick, scale)}%`} dy="4" text-anchor="end">
            {money(tick)}
          </text>
        ))}
      </svg>
      <svg class="plot" width="100%" height="100%" aria-hidden="true">
        <g class="grid">
          {MONTHS.ticks.map((month) => (
            <line x1={`${at(month, MONTHS)}%`} x2={`${at(month, MONTHS)}%`} y2="100%" />
          ))}
          {scale.ticks.map((tick) => (
            <Level usd={tick} scale={scale} />
          ))}
        </g>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <path class="band" d={`${line(months, 'p90', scale)}L${line(months.toReversed(), 'p10', scale).slice(1)}Z`} />
          <path class="edge" d={line(months, 'p10', scale)} />
          <path class="edge" d={line(months, 'p90', scale)} />
          <path class="middle" d={line(months, 'p50', scale)} />
          <path class="average" d={line(months, 'mean', scale)} />
        </svg>
        <g class="grid">
          <Level usd={0} scale={scale} />
        </g>
        {breakEvenMonth === null ? null : <BreakEven month={breakEvenMonth} scale={scale} />}
      </svg>
      <svg class="along" width="100%" height="22" aria-hidden="true">
        {MONTHS.ticks.map((month) => (
          <text x={`${at(month, MONTHS)}%`} y="15" text-anchor={month === ROI_MONTHS ? 'end' : 'middle'}>
            {month === ROI_MONTHS ? `${month} months` : month}
          </text>
        ))}
      </svg>
    </div>
  );
};

const Level = ({ usd, scale }: { usd: number; scale: Scale }) => {
  const y = `${down(usd, scale)}%`;
  return <line class={usd === 0 ? 'zero' : undefined} x2="100%" y1={y} y2={y} />;
};

const BreakEven = ({ month, scale }: { month: number; scale: Scale }) => {
  const x = at(month, MONTHS);
  return (
    <g class="even">
      <circle cx={`${x}%`} cy={`${down(0, scale)}%`} r="5" />
      <text x={`${x}%`} dx={x > 70 ? -9 : 9} y={`${down(0, scale)}%`} dy="19" text-anchor={x > 70 ? 'end' : 'start'}>
        {month === 0 ? 'nothing to pay back' : `pays back in month ${month}`}
      </text>
    </g>
  );
};

function line(months: readonly RoiMonth[], value: 'p10' | 'p50' | 'p90' | 'mean', scale: Scale): string {
  return `M${months.map((each) => `${at(each.month, MONTHS)} ${down(each[value], scale)}`).join('L')}`;
}

/** Percent of the height, from above. */
const down = (usd: number, scale: Scale) => hundredths(100 - at(usd, scale));

export const CurveLegend = () => (
  <ul class="legend">
    <li>
      <svg width="34" height="18" aria-hidden="true">
        <path class="average" d="M1 9H33" />
      </svg>
      the average
    </li>
    <li>
      <svg width="34" height="18" aria-hidden="true">
        <path class="middle" d="M1 9H33" />
      </svg>
      the middle future (P50)
    </li>
    <li>
      <svg width="34" height="18" aria-hidden="true">
        <rect class="band" x="1" y="2" width="32" height="14" />
        <path class="edge" d="M1 2H33M1 16H33" />
      </svg>
      8 of 10 futures (P10 to P90)
    </li>
  </ul>
);
