import type { Drawn } from '../../../page/drawing.tsx';
import { arranged, curve, type Layout } from '../layout.ts';
import { NodeBox, rowAt } from './boxes.tsx';
import type { BlastGraph, GraphEdge } from './model.ts';
import { boxOf } from './sizes.ts';

/** The blast radius as a drawing; the file that it is in needs `Arrows`. */
export function drawGraph(graph: BlastGraph): Drawn {
  const layout = arranged(graph.nodes.map(boxOf), graph.edges, { columns: 64, rows: 18 });
  // What matters most is drawn last, over the rest.
  const edges = graph.edges.toSorted((a, b) => weight(a) - weight(b));
  return {
    width: layout.width,
    // Steps sit on the upper edges.
    height: layout.height + 10,
    content: (
      <g transform="translate(0 9)">
        {edges.map((edge, index) => (
          <Edge edge={edge} layout={layout} key={index} />
        ))}
        {graph.nodes.map((node) => {
          const at = layout.boxes.get(node.id);
          return at ? <NodeBox node={node} at={at} key={node.id} /> : null;
        })}
      </g>
    ),
  };
}

const WEIGHTS = { plain: 0, denied: 0, asks: 1, bounded: 1, unknown: 2, unattended: 3 } as const;
const weight = ({ tone, leaks }: GraphEdge) => WEIGHTS[tone] + (leaks ? 10 : 0);

const Edge = ({ edge, layout }: { edge: GraphEdge; layout: Layout }) => {
  const from = layout.boxes.get(edge.from);
  const to = layout.boxes.get(edge.to);
  if (!from || !to) return null;
  const start = { x: from.x + from.width, y: from.y + (edge.row === undefined ? from.height / 2 : rowAt(edge.row)) };
  const end = { x: to.x, y: to.y + to.height / 2 };
  const path = curve([start, ...layout.bends(edge), end]);
  const both = edge.both ? ' both' : isRead(edge) ? ' back' : '';
  return <path class={`e ${edge.leaks ? 'leak' : edge.tone}${edge.open ? ' open' : ''}${both}`} d={path} />;
};

/** On a disclosure path the data comes towards the tool. */
const isRead = ({ leaks, to }: GraphEdge) => leaks && to.startsWith('data ');

/** The heads of all lines of a file. */
export const Arrows = () => (
  <defs>
    {['arrow', 'leak'].map((name) => (
      <marker
        id={name}
        class={name}
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth="7"
        markerHeight="7"
        markerUnits="userSpaceOnUse"
        orient="auto-start-reverse"
        key={name}
      >
        <path d="M0 0.8L7.4 4L0 7.2Z" />
      </marker>
    ))}
  </defs>
);
