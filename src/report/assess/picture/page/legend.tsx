import { keyOf } from '../graph/key.ts';
import type { BlastGraph } from '../graph/model.ts';
import { Sample } from '../svg/key.tsx';

/** What the lines and marks mean, of those that are in the drawing. */
export const Legend = ({ graph }: { graph: BlastGraph }) => (
  <ul class="legend key">
    {keyOf(graph).map((entry) => (
      <li key={entry.words}>
        <svg width="40" height="18" aria-hidden="true">
          <Sample entry={entry} />
        </svg>
        {entry.words}
      </li>
    ))}
  </ul>
);
