import { money } from '../amounts.ts';
import { at, type Scale } from './scale.ts';

/** Lines at the ticks, through the height of a row; zero is the one that counts. */
export const Grid = ({ scale }: { scale: Scale }) => (
  <g class="grid">
    {scale.ticks.map((tick) => (
      <line class={tick === 0 ? 'zero' : undefined} x1={`${at(tick, scale)}%`} x2={`${at(tick, scale)}%`} y2="100%" />
    ))}
  </g>
);

/** The amounts below the rows. */
export const Axis = ({ scale }: { scale: Scale }) => (
  <div class="row axis">
    <div class="row-label" />
    <svg class="plot" width="100%" height="22" aria-hidden="true">
      <g class="ticks">
        {scale.ticks.map((tick) => (
          <text x={`${at(tick, scale)}%`} y="15" text-anchor="middle">
            {money(tick)}
          </text>
        ))}
      </g>
    </svg>
    <div class="row-value" />
  </div>
);
