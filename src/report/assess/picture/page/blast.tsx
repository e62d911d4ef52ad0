import type { Assessment } from '../../../../model/assessment.ts';
import { Drawing } from '../../../page/drawing.tsx';
import { count } from '../../../words.ts';
import { graphOf } from '../graph/build.ts';
import { drawGraph } from '../graph/draw.tsx';
import { graphLabel } from '../graph/words.ts';
import { Leaks } from './leaks.tsx';
import { Legend } from './legend.tsx';
import { Stakes } from './stakes.tsx';
import { Tools } from './tools.tsx';

/** What it can reach: drawn, then every high-stakes tool, disclosure path and tool in tables. */
export const Blast = ({ assessment, id }: { assessment: Assessment; id: string }) => {
  const graph = graphOf(assessment);
  return (
    <>
      <h3 id={`${id}-reach`}>What it can reach</h3>
      <Legend graph={graph} />
      <Drawing drawn={drawGraph(graph)} label={graphLabel(assessment)} />
      <Stakes assessment={assessment} />
      <Leaks assessment={assessment} />
      <h4>All {count(assessment.reach.length, 'tool')}, by server</h4>
      <Tools assessment={assessment} />
    </>
  );
};
