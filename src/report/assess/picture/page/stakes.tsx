import type { Assessment, HighStakesTool } from '../../../../model/assessment.ts';
import { HOLD_DOCS, HOLDS, type Hold, holdOf } from '../../../holds.ts';
import { Name, Prose } from '../../../page/prose.tsx';
import { Wide } from '../../../page/wide.tsx';
import { listed } from '../../../words.ts';
import { placeWords } from './reasons.ts';

const MOST = 40;

/** The high-stakes tools, those that nothing holds first. */
export const Stakes = ({ assessment }: { assessment: Assessment }) => {
  const tools = assessment.highStakes.toSorted((a, b) => HOLDS.indexOf(holdOf(a)) - HOLDS.indexOf(holdOf(b)));
  if (tools.length === 0) return <p>None of its tools is high-stakes.</p>;
  const first = tools.length <= MOST + 5 ? tools : tools.slice(0, MOST);
  const rest = tools.slice(first.length);
  return (
    <>
      <h4>High-stakes tools</h4>
      <StakesTable assessment={assessment} tools={first} />
      {rest.length > 0 ? (
        <details class="more">
          <summary>{rest.length} more high-stakes tools</summary>
          <StakesTable assessment={assessment} tools={rest} />
        </details>
      ) : null}
    </>
  );
};

const StakesTable = ({ assessment, tools }: { assessment: Assessment; tools: readonly HighStakesTool[] }) => {
  const places = new Map(assessment.reach.map(({ agent, tool, place }) => [JSON.stringify([agent, tool]), place]));
  const whereOf = (each: HighStakesTool) => {
    const place = places.get(JSON.stringify([each.agent, each.tool]));
    return place ? placeWords([place], assessment.file) : null;
  };
  const located = tools.some(({ agent, tool }) => places.get(JSON.stringify([agent, tool])));
  return (
    <Wide label="High-stakes tools">
      <table>
        <thead>
          <tr>
            <th scope="col">Held</th>
            <th scope="col">Tool</th>
            <th scope="col">Why it is high-stakes</th>
            {located ? <th scope="col">Where</th> : null}
          </tr>
        </thead>
        <tbody>
          {tools.map((each) => (
            <tr key={`${each.agent} ${each.tool}`}>
              <td class={`state ${toneOf(holdOf(each), each.certain)}`}>{holdWords(holdOf(each), each.certain)}</td>
              <th scope="row">
                <Name text={each.tool} />
                {each.agent === assessment.agent ? null : (
                  <span class="muted">
                    {' '}
                    in <Name text={each.agent} />
                  </span>
                )}
              </th>
              <td>
                <Prose text={listed(each.because)} />
              </td>
              {located ? <td class="where">{whereOf(each)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
};

const MARKS: Record<Hold, string> = { unattended: '✗', unknown: '?', bounded: '▢', asks: '✓', denied: '–' };

function holdWords(hold: Hold, certain: boolean): string {
  return `${!certain && !HOLD_DOCS[hold].held ? '?' : MARKS[hold]} ${HOLD_DOCS[hold].label}`;
}

function toneOf(hold: Hold, certain: boolean): string {
  if (HOLD_DOCS[hold].held) return 'good';
  return hold === 'unknown' || !certain ? 'warn' : 'bad';
}
