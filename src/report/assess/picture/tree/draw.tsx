import type { Assessment } from '../../../../model/assessment.ts';
import { QUESTIONS } from '../../../../model/questions.ts';
import { TIERS } from '../../../../model/tiers.ts';
import type { Drawn } from '../../../page/drawing.tsx';
import { lines, sansWidth } from '../../../page/measure.ts';
import type { Placed } from '../layout.ts';
import { arranged, curve, type Layout } from '../layout.ts';
import { type Branch, boxText, type Tree, treeOf } from './model.ts';

const LINE = 17;
/** The tree is the same for every agent, and is laid out once. */
let laidOut: Layout | undefined;

const ids = [...QUESTIONS, ...TIERS];

/** The three questions and the four tiers, with the walk that counts lit and, where facts are open, the best one dashed. */
export function drawTree(assessment: Pick<Assessment, 'trail'>): Drawn {
  const tree = treeOf(assessment);
  laidOut ??= layoutOf(tree);
  const layout = laidOut;
  const branches = tree.branches.toSorted((a, b) => weight(a) - weight(b));
  return {
    width: layout.width,
    height: layout.height,
    content: (
      <g>
        {branches.map((branch) => {
          const [from, to] = [layout.boxes.get(branch.from), layout.boxes.get(branch.to)];
          return from && to ? <Way branch={branch} from={from} to={to} key={`${branch.from}${branch.answer}`} /> : null;
        })}
        {ids.map((id) => {
          const at = layout.boxes.get(id);
          return at ? <Stop id={id} text={texts.get(id) ?? []} at={at} tree={tree} key={id} /> : null;
        })}
      </g>
    ),
  };
}

const texts = new Map(ids.map((id) => [id as string, lines(boxText(id), isTier(id) ? 20 : 25)]));

function layoutOf({ branches }: Tree): Layout {
  const boxes = ids.map((id) => {
    const text = texts.get(id) ?? [];
    const width = Math.ceil(Math.max(...text.map(sansWidth)) + (isTier(id) ? 34 : 26));
    return { id, width, height: text.length * LINE + 16 };
  });
  return arranged(boxes, branches, { columns: 46, rows: 18 });
}

function isTier(id: string): boolean {
  return TIERS.some((tier) => tier === id);
}
const weight = ({ worst, best }: Branch) => (worst ? 2 : best ? 1 : 0);
const litClass = ({ worst, best }: Branch) => (worst ? 'lit' : best ? 'best' : '');

const Way = ({ branch, from, to }: { branch: Branch; from: Placed; to: Placed }) => {
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const end = { x: to.x, y: to.y + to.height / 2 };
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  return (
    <g class={`way ${litClass(branch)}`}>
      <path d={curve([start, end])} />
      <rect x={middle.x - 15} y={middle.y - 9} width="30" height="18" rx="9" />
      <text x={middle.x} y={middle.y + 4}>
        {branch.answer}
      </text>
    </g>
  );
};

const Stop = ({ id, text, at, tree }: { id: string; text: string[]; at: Placed; tree: Tree }) => {
  const state = tree.walked.has(id) ? 'lit' : tree.better.has(id) ? 'best' : 'off';
  return (
    <g class={`stop ${isTier(id) ? `tier ${id}` : 'question'} ${state}`} transform={`translate(${at.x} ${at.y})`}>
      <rect width={at.width} height={at.height} rx={isTier(id) ? at.height / 2 : 6} />
      {text.map((line, index) => (
        <text x={at.width / 2} y={20 + index * LINE} key={line}>
          {line}
        </text>
      ))}
    </g>
  );
};
