import type { Hold } from '../../../holds.ts';

/** What a line is, by the worst that it stands for; `plain` is not high-stakes. */
export type Tone = Hold | 'plain';

export interface ToolRow {
  name: string;
  /** Undefined: not high-stakes. */
  hold: Hold | undefined;
  /** What it does, in a word. */
  tag: string;
  leaks: boolean;
}

export type NodeKind = 'strangers' | 'agent' | 'tools' | 'data' | 'outside';

export interface GraphNode {
  id: string;
  kind: NodeKind;
  title: string;
  note: string;
  rows: ToolRow[];
  /** The step of a disclosure path that happens here: 1 data is read, 2 strangers' text comes in, 3 it can be sent out. */
  step?: 1 | 2 | 3;
  /** The data is confidential or worse, or may be. */
  sensitive?: boolean;
}

export interface GraphEdge {
  from: string;
  to: string;
  /** The row of `from` that it starts at. Absent: the box as a whole. */
  row?: number;
  tone: Tone;
  /** Not certain: it is there only if an open fact turns out so. */
  open: boolean;
  /** It is a leg of a disclosure path. */
  leaks: boolean;
  /** Something comes back along it. */
  both: boolean;
}

export interface BlastGraph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}
