import type { Hold } from '../../../holds.ts';

/** Shapes that say without colour how a tool is held: a cross, a question mark, a box, a tick. */
const SHAPES: Record<Hold, string> = {
  unattended: 'M-3.2 -3.2L3.2 3.2M3.2 -3.2L-3.2 3.2',
  unknown: 'M-2.6 -2C-2.6 -5 2.8 -5 2.6 -1.9C2.5 0 0 0 0 1.7M0 4.2V4.6',
  bounded: 'M-3.4 -3.4H3.4V3.4H-3.4Z',
  asks: 'M-3.8 0.4L-1 3.2L3.8 -3',
  denied: 'M-3.6 0H3.6',
};

export const Mark = ({ hold, x, y }: { hold: Hold; x: number; y: number }) => (
  <path class={`m ${hold}`} d={SHAPES[hold]} transform={`translate(${x} ${y})`} />
);

/** The number of a step of a disclosure path, on the corner of a box. */
export const Step = ({ step, x, y }: { step: number; x: number; y: number }) => (
  <g class="step">
    <circle cx={x} cy={y} r="9" />
    <text x={x} y={y + 4}>
      {step}
    </text>
  </g>
);
