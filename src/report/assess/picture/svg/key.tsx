import { smallWidth } from '../../../page/measure.ts';
import { type KeyEntry, keyOf } from '../graph/key.ts';
import { Mark } from '../graph/marks.tsx';
import type { BlastGraph } from '../graph/model.ts';

const LINE = 20;
const SAMPLE = 46;

/** What lines and marks mean, on as many lines as they need. */
export const Key = ({ graph, width }: { graph: BlastGraph; width: number }) => (
  <g class="key">
    {placed(keyOf(graph), width).map(({ entry, x, y }) => (
      <g transform={`translate(${x} ${y})`} key={entry.words}>
        <Sample entry={entry} />
        <text class="s" x={SAMPLE} y="13">
          {entry.words}
        </text>
      </g>
    ))}
  </g>
);

export const keyHeight = (graph: BlastGraph, width: number): number =>
  Math.max(0, ...placed(keyOf(graph), width).map(({ y }) => y + LINE));

/** The line, mark or box that an entry is about; 40 wide, 18 high. */
export const Sample = ({ entry: { hold, line, box } }: { entry: KeyEntry }) => (
  <>
    {hold ? <Mark hold={hold} x={6} y={9} /> : null}
    {line ? <path class={`e ${line}`} d={`M${hold ? 16 : 0} 9H40`} /> : null}
    {box ? (
      <g class={`n ${box}`}>
        <rect x="1" y="2" width="38" height="14" rx="7" />
      </g>
    ) : null}
  </>
);

function placed(entries: readonly KeyEntry[], width: number) {
  let [x, y] = [0, 0];
  return entries.map((entry) => {
    const needs = SAMPLE + smallWidth(entry.words) + 18;
    if (x > 0 && x + needs > width) [x, y] = [0, y + LINE];
    const at = { entry, x, y };
    x += needs;
    return at;
  });
}
