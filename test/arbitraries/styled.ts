import fc from 'fast-check';
import { Document, isMap, visit } from 'yaml';

/** A text of a value, written as people write: in braces or on lines, with quotes or without, with comments anywhere. */
export interface Styled {
  text: string;
  style: 'yaml' | 'json';
}

/** The same numbers for the same seed. */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

export function styled(value: unknown, seed: number): Styled {
  const roll = dice(seed);
  const kind = roll(6);
  if (kind === 0) return { text: JSON.stringify(value, null, ['\t', 2, '    ', 0][roll(4)]), style: 'json' };
  return { text: yamlText(value, roll), style: 'yaml' };
}

const COMMENTS = [' why', ' a: b, "c" }', " it's # fine", ' - x'];

function yamlText(value: unknown, roll: (sides: number) => number): string {
  // What is one object twice is written once, with an anchor.
  const document = new Document(roll(8) === 0 ? value : JSON.parse(JSON.stringify(value)));
  const flowers = roll(4);
  const talk = roll(3);
  const comment = () => `${COMMENTS[roll(COMMENTS.length)]} ${roll(1000)}`;
  visit(document, {
    Scalar: (key, node, path) => {
      if (typeof node.value === 'string' && (key === 'key' ? roll(5) === 0 : roll(3) === 0))
        node.type = roll(2) === 0 ? 'QUOTE_DOUBLE' : 'QUOTE_SINGLE';
      const inFlow = path.some((parent) => 'flow' in parent && parent.flow);
      if (key === 'value' && !inFlow && roll(6) < talk) node.comment = comment();
      if (key === 'key' && !inFlow && roll(6) < talk) node.commentBefore = comment();
    },
    Collection: (_, node, path) => {
      if (path.length > 1 && roll(4) < flowers && (flowers < 3 || roll(2) === 0)) node.flow = true;
    },
  });
  if (isMap(document.contents) && roll(2) === 0) document.comment = comment();
  const text = document.toString({
    indent: roll(2) === 0 ? 2 : 4,
    lineWidth: 0,
    indentSeq: roll(2) === 0,
    flowCollectionPadding: roll(3) > 0,
  });
  const spaced = roll(3) === 0 ? text.replace(/\n(?=[a-z])/g, '\n\n') : text;
  const ended = roll(5) === 0 ? spaced.trimEnd() : spaced;
  return roll(4) === 0 ? ended.replace(/\n/g, '\r\n') : ended;
}

export const seeds = fc.integer({ min: 0, max: 2 ** 31 });
