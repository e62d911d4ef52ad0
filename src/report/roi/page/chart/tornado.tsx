import type { RoiSwing } from '../../../../model/roi.ts';
import { Prose, sentence } from '../../../page/prose.tsx';
import { money, rangeWords } from '../amounts.ts';
import { Axis, Grid } from './axis.tsx';
import { at, type Scale, scaleOf } from './scale.ts';

interface TornadoProps {
  swings: readonly RoiSwing[];
  /** Expected net with every input at its mean. */
  expected: number;
  label: string;
}

/** What each input alone does to the expected net; the widest first. */
export const Tornado = ({ swings, expected, label }: TornadoProps) => {
  const scale = scaleOf([expected, ...swings.flatMap(({ netAtLow, netAtHigh }) => [netAtLow, netAtHigh])]);
  return (
    <div class="chart tornado" role="img" aria-label={label}>
      {swings.map((swing) => (
        <Row swing={swing} expected={expected} scale={scale} key={swing.input} />
      ))}
      <Axis scale={scale} />
    </div>
  );
};

const Row = ({ swing, expected, scale }: { swing: RoiSwing; expected: number; scale: Scale }) => {
  const { about, unit, low, high, netAtLow, netAtHigh, isDefault } = swing;
  const [first, last] = [at(netAtLow, scale), at(netAtHigh, scale)];
  return (
    <div class="row">
      <div class="row-label">
        <Prose text={sentence(about)} />{' '}
        <span class="muted">
          {rangeWords({ low, likely: low, high }, unit)}
          {isDefault ? ', a default' : ''}
        </span>
      </div>
      <svg class="plot" width="100%" height="34" aria-hidden="true">
        <Grid scale={scale} />
        <line class="expected" x1={`${at(expected, scale)}%`} x2={`${at(expected, scale)}%`} y2="100%" />
        <line class="bar" x1={`${first}%`} x2={`${last}%`} y1="50%" y2="50%" />
        <circle class="from" cx={`${first}%`} cy="50%" r="5.5" />
        <circle class="to" cx={`${last}%`} cy="50%" r="5.5" />
      </svg>
      <div class="row-value">
        {money(netAtLow)} <span class="muted">to</span> {money(netAtHigh)}
      </div>
    </div>
  );
};

export const TornadoLegend = () => (
  <ul class="legend">
    <li>
      <svg width="14" height="18" aria-hidden="true">
        <circle class="from" cx="7" cy="9" r="5" />
      </svg>
      the input at its P10
    </li>
    <li>
      <svg width="14" height="18" aria-hidden="true">
        <circle class="to" cx="7" cy="9" r="5" />
      </svg>
      the input at its P90
    </li>
    <li>
      <svg width="12" height="18" aria-hidden="true">
        <line class="expected" x1="6" x2="6" y1="1" y2="17" />
      </svg>
      with every input at its mean
    </li>
  </ul>
);
