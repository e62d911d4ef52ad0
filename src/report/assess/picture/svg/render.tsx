import { renderToString } from 'preact-render-to-string';
import type { Assessment, AssessmentReport } from '../../../../model/assessment.ts';
import { TIER_DOCS } from '../../../../model/tiers.ts';
import { intervalWords, stageWords, verdict } from '../../../assessment-words.ts';
import type { Drawn } from '../../../page/drawing.tsx';
import { clipped } from '../../../page/measure.ts';
import { COLOURS } from '../../../page/style/colours.ts';
import { seen } from '../../../page/text.ts';
import { count } from '../../../words.ts';
import { graphOf } from '../graph/build.ts';
import { Arrows, drawGraph } from '../graph/draw.tsx';
import { graphLabel } from '../graph/words.ts';
import { sheetsOf } from '../sheets.ts';
import { DRAWING_STYLE } from '../style/drawing.ts';
import { drawTree } from '../tree/draw.tsx';
import { Key, keyHeight } from './key.tsx';

const MARGIN = 20;
const LEAST = 640;
const GAP = 22;
/** Title and verdict. */
const HEAD = 80;

const STYLE = `${COLOURS}${DRAWING_STYLE}
.ground{fill:var(--paper)}
svg .h{font-size:18px;font-weight:650}
svg .v{font-size:13px;fill:var(--muted)}
svg .tier-word{font-weight:650}
${['light', 'medium', 'medium-plus', 'full'].map((tier) => `svg .tier-word.${tier}{fill:var(--${tier})}`).join('\n')}
`;

/** One drawing of all agents, one below the other, the highest tier first; for a README or a pull request. */
export function svgDrawing({ results, errors }: AssessmentReport): string {
  const blocks = sheetsOf(results).map(({ assessment }) => blockOf(assessment));
  const note = errors.length > 0 ? `${count(errors.length, 'file')} could not be assessed` : '';
  const width = Math.max(LEAST, ...blocks.map((block) => block.width)) + 2 * MARGIN;
  const tops = blocks.map((_, index) =>
    blocks.slice(0, index).reduce((sum, { height }) => sum + height + 2 * GAP, note === '' ? MARGIN : MARGIN + GAP),
  );
  const height = Math.ceil((tops.at(-1) ?? MARGIN + GAP) + (blocks.at(-1)?.height ?? 0) + MARGIN);
  const label = [note, ...results.map(graphLabel)].filter((words) => words !== '').join(' ');
  const drawing = (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      role="img"
      aria-label={label === '' ? 'no agent' : label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      <style>{STYLE}</style>
      <Arrows />
      <rect class="ground" width={width} height={height} />
      {note === '' ? null : (
        <text class="v" x={MARGIN} y={MARGIN + 12}>
          {`✗ ${note}`}
        </text>
      )}
      {blocks.map(({ content }, index) => (
        <g transform={`translate(${MARGIN} ${tops[index]})`} key={index}>
          {content}
        </g>
      ))}
    </svg>
  );
  return `${renderToString(drawing)}\n`;
}

/** Name, verdict, the walk, the key and the blast radius. */
function blockOf(assessment: Assessment): Drawn {
  const tree = drawTree(assessment);
  const graph = graphOf(assessment);
  const blast = drawGraph(graph);
  const width = Math.max(LEAST, tree.width, blast.width);
  const key = HEAD + tree.height + GAP;
  const drawing = key + keyHeight(graph, width) + GAP / 2;
  const words = [verdict(assessment), intervalWords(assessment) ?? stageWords(assessment)];
  const line = (text = '') => clipped(seen(text.replaceAll('`', ''), 400), Math.floor(width / 7.4));
  return {
    width,
    height: drawing + blast.height,
    content: (
      <>
        <text class="h" y="18">
          {clipped(seen(assessment.name, 200), 40)}
          <tspan class={`tier-word ${assessment.tier}`}>{`  ${TIER_DOCS[assessment.tier].title}`}</tspan>
        </text>
        {words.map((text, index) => (
          <text class="v" y={40 + 19 * index} key={index}>
            {line(text)}
          </text>
        ))}
        <g transform={`translate(0 ${HEAD})`}>{tree.content}</g>
        <g transform={`translate(0 ${key})`}>
          <Key graph={graph} width={width} />
        </g>
        <g transform={`translate(0 ${drawing})`}>{blast.content}</g>
      </>
    ),
  };
}
