import { monoWidth } from '../../../page/measure.ts';
import type { Placed } from '../layout.ts';
import { Mark, Step } from './marks.tsx';
import type { GraphNode } from './model.ts';
import { HEAD, MARK, nameOf, ROW, rowName } from './sizes.ts';

interface BoxProps {
  node: GraphNode;
  at: Placed;
}

/** A box of the drawing. Its whole name is its title, for those who point at it. */
export const NodeBox = ({ node, at }: BoxProps) => (
  <g class={`n ${node.kind}${node.sensitive ? ' sensitive' : ''}`} transform={`translate(${at.x} ${at.y})`}>
    <title>{node.note === '' ? node.title : `${node.title}: ${node.note}`}</title>
    <rect width={at.width} height={at.height} rx={node.kind === 'data' ? at.height / 2 : 6} />
    {node.kind === 'tools' ? <Card node={node} at={at} /> : <Words node={node} at={at} />}
    {node.step ? (
      <Step step={node.step} x={node.kind === 'outside' || node.kind === 'data' ? 6 : at.width - 6} y={2} />
    ) : null}
  </g>
);

const Words = ({ node, at }: BoxProps) => (
  <>
    <text class="t" x={at.width / 2} y={node.note === '' ? at.height / 2 + 4.5 : 20}>
      {nameOf(node)}
    </text>
    {node.note === '' ? null : (
      <text class="s" x={at.width / 2} y="36">
        {node.note}
      </text>
    )}
  </>
);

const Card = ({ node, at }: BoxProps) => (
  <>
    <text class="t" x="12" y="20">
      {nameOf(node)}
    </text>
    <text class="s end" x={at.width - 12} y="20">
      {node.note}
    </text>
    <path class="rule" d={`M0 ${HEAD}H${at.width}`} />
    {node.rows.map(({ name, hold, tag, leaks }, index) => {
      const y = rowAt(index);
      return (
        <g class={leaks ? 'leaks' : undefined} key={index}>
          {rowName(name) === name ? null : <title>{name}</title>}
          {hold ? <Mark hold={hold} x={14} y={y} /> : <circle class="dot" cx="14" cy={y} r="2" />}
          <text class={hold ? 'c strong' : 'c'} x={MARK} y={y + 4}>
            {rowName(name)}
          </text>
          {leaks ? <path class="under" d={`M${MARK} ${y + 7.5}h${Math.round(monoWidth(rowName(name)))}`} /> : null}
          <text class="s end" x={at.width - 12} y={y + 4}>
            {tag}
          </text>
        </g>
      );
    })}
  </>
);

/** The middle of a row, from the top of its box. */
export const rowAt = (index: number) => HEAD + 4 + index * ROW + ROW / 2;
