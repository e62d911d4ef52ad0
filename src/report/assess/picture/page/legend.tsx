import type { Hold } from '../../../holds.ts';
import { Mark } from '../graph/marks.tsx';
import type { BlastGraph } from '../graph/model.ts';

const WORDS: Record<Hold, string> = {
  unattended: 'high-stakes, lands without a person',
  unknown: 'high-stakes, not known who approves',
  bounded: 'high-stakes, bounded',
  asks: 'high-stakes, a person approves each call',
  denied: 'denied',
};

/** What the lines and marks mean, of those that are in the drawing. */
export const Legend = ({ graph: { nodes, edges } }: { graph: BlastGraph }) => {
  const holds = (Object.keys(WORDS) as Hold[]).filter((hold) =>
    nodes.some(({ rows }) => rows.some((row) => row.hold === hold)),
  );
  return (
    <ul class="legend key">
      {holds.map((hold) => (
        <li key={hold}>
          <svg width="46" height="18" aria-hidden="true">
            <Mark hold={hold} x={8} y={9} />
            <path class={`e ${hold}`} d="M18 9H46" />
          </svg>
          {WORDS[hold]}
        </li>
      ))}
      <li>
        <svg width="32" height="18" aria-hidden="true">
          <path class="e plain" d="M0 9H32" />
        </svg>
        not high-stakes
      </li>
      {edges.some(({ leaks }) => leaks) ? (
        <li>
          <svg width="32" height="18" aria-hidden="true">
            <path class="e leak" d="M0 9H32" />
          </svg>
          disclosure path: 1 data is read, 2 strangers' text comes in, 3 it can be sent out
        </li>
      ) : null}
      {edges.some(({ open }) => open) ? (
        <li>
          <svg width="32" height="18" aria-hidden="true">
            <path class="e plain open" d="M0 9H32" />
          </svg>
          only if an open fact turns out so
        </li>
      ) : null}
      {nodes.some(({ sensitive }) => sensitive) ? (
        <li>
          <svg width="32" height="18" aria-hidden="true">
            <g class="n data sensitive">
              <rect x="1" y="2" width="30" height="14" rx="7" />
            </g>
          </svg>
          confidential, regulated or not classified
        </li>
      ) : null}
    </ul>
  );
};
