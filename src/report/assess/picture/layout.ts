import { Graph, layout } from '@dagrejs/dagre';

export interface Box {
  id: string;
  width: number;
  height: number;
}

export interface Placed {
  /** Left and upper edge. */
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Line {
  from: string;
  to: string;
}

export interface Layout {
  width: number;
  height: number;
  boxes: ReadonlyMap<string, Placed>;
  /** Where a line that passes other columns runs between them, from left to right. */
  bends: (line: Line) => { x: number; y: number }[];
}

export interface Spacing {
  columns: number;
  rows: number;
}

/** Boxes in columns from left to right, with few crossings. */
export function arranged(boxes: readonly Box[], between: readonly Line[], { columns, rows }: Spacing): Layout {
  const graph = new Graph();
  graph.setGraph({
    rankdir: 'LR',
    ranker: 'longest-path',
    ranksep: columns,
    nodesep: rows,
    edgesep: 8,
    marginx: 2,
    marginy: 2,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const { from, to } of between) graph.setEdge(from, to);
  layout(graph);
  const placed = new Map(
    boxes.map(({ id, width, height }): [string, Placed] => {
      const { x = 0, y = 0 } = graph.node(id);
      return [id, { x: x - width / 2, y: y - height / 2, width, height }];
    }),
  );
  const all = [...placed.values()];
  return {
    width: Math.ceil(Math.max(0, ...all.map(({ x, width }) => x + width))) + 2,
    height: Math.ceil(Math.max(0, ...all.map(({ y, height }) => y + height))) + 2,
    boxes: placed,
    // Each line has a point at both of its ends and one beside each; what is between those lies beside other boxes.
    bends: ({ from, to }) => ((graph.edge(from, to)?.points ?? []) as { x: number; y: number }[]).slice(2, -2),
  };
}

const round = (value: number) => Math.round(value * 10) / 10;

/** A line that leaves and arrives level. */
export function curve(points: readonly { x: number; y: number }[]): string {
  return points
    .map(({ x, y }, index) => {
      const before = points[index - 1];
      if (!before) return `M${round(x)} ${round(y)}`;
      const middle = round((before.x + x) / 2);
      return `C${middle} ${round(before.y)} ${middle} ${round(y)} ${round(x)} ${round(y)}`;
    })
    .join('');
}
