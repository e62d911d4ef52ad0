import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { compose } from '../../source/compose.ts';
import { type Locate, locator } from '../../source/locate.ts';
import { pointerOf } from '../../source/pointer.ts';
import { type Lines, linesOf } from './lines.ts';

/** An entry that starts on a line; all below belongs to it. */
export interface Start {
  document: number;
  pointer: string;
}

export interface FileMap {
  locate: Locate;
  lines: Lines;
  /** By line, in order, without what is below another of the same line. */
  starts: ReadonlyMap<number, readonly Start[]>;
  /** Ids of the agents, by document. */
  agents: readonly string[];
  /** The line that each document starts on. */
  documents: readonly number[];
}

/** Undefined: the text is no YAML, and nobody knows what belongs to what. */
export function mapOf(text: string): FileMap | undefined {
  const composed = compose(text);
  if ('fault' in composed) return undefined;
  const lines = linesOf(text);
  const starts = new Map<number, Start[]>();
  const begin = (at: Node, start: Start): void => {
    const line = lines.lineAt(at.range?.[0] ?? 0);
    const here = starts.get(line);
    if (!here) starts.set(line, [start]);
    else if (!here.some(({ pointer }) => isBelow(start.pointer, pointer))) here.push(start);
  };
  const visit = (node: Node | null, document: number, path: string): void => {
    if (isMap<Node, Node | null>(node)) {
      for (const { key, value } of node.items) {
        if (isScalar(key)) enter(key, value, document, path + pointerOf(String(key.value)));
      }
    } else if (isSeq<Node>(node)) {
      for (const [index, item] of node.items.entries()) enter(item, item, document, path + pointerOf(index));
    }
  };
  const enter = (at: Node, value: Node | null, document: number, pointer: string): void => {
    begin(at, { document, pointer });
    // A text may stand on a line of its own below its key.
    if (isScalar(value)) begin(value, { document, pointer });
    visit(value, document, pointer);
  };
  for (const [index, { contents }] of composed.documents.entries()) visit(contents, index, '');
  const agents = composed.documents.map((document) => {
    const id: unknown = isMap(document.contents) ? document.getIn(['agent', 'id']) : undefined;
    return typeof id === 'string' ? id : '';
  });
  const documents = composed.documents.map(({ range }) => lines.lineAt(range[0]));
  return { locate: locator(text), lines, starts, agents, documents };
}

export const isBelow = (pointer: string, above: string) => `${pointer}/`.startsWith(`${above}/`);
