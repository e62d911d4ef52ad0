import type { Assessment, ReachTool } from '../../../../model/assessment.ts';
import { HOLD_DOCS, type Hold, holdOf } from '../../../holds.ts';
import { Name } from '../../../page/prose.tsx';
import { seen } from '../../../page/text.ts';
import { Wide } from '../../../page/wide.tsx';
import { count } from '../../../words.ts';
import { tagOf } from '../graph/cards.ts';
import { keyOf } from '../graph/paths.ts';
import { HOST_TOOLS, toolParts } from '../text.ts';
import { placeWords } from './reasons.ts';

/** With more tools than this the groups are closed, until somebody searches or opens them. */
const OPEN = 24;

/** Every tool of the reach, by agent and server. */
export const Tools = ({ assessment }: { assessment: Assessment }) => {
  const { reach, agent: root, highStakes } = assessment;
  const holds = new Map(highStakes.map((each) => [keyOf(each), holdOf(each)]));
  const groups = new Map<string, { agent: string; server: string; tools: ReachTool[] }>();
  for (const tool of reach) {
    const server = toolParts(tool.tool).server ?? HOST_TOOLS;
    const id = JSON.stringify([tool.agent, server]);
    const group = groups.get(id) ?? { agent: tool.agent, server, tools: [] };
    group.tools.push(tool);
    groups.set(id, group);
  }
  if (groups.size === 0) return <p>It has no tools.</p>;
  return (
    <>
      {[...groups].map(([id, { agent, server, tools }]) => (
        <details class="tools" open={reach.length <= OPEN} key={id}>
          <summary>
            <strong>{seen(server, 120)}</strong>
            {agent === root ? null : (
              <>
                {' '}
                in <Name text={agent} />
              </>
            )}{' '}
            <span class="muted">{countsOf(tools)}</span>
          </summary>
          <Table tools={tools} holds={holds} words={seen(`${agent} ${server}`)} file={assessment.file} />
        </details>
      ))}
    </>
  );
};

interface TableProps {
  tools: readonly ReachTool[];
  holds: ReadonlyMap<string, Hold>;
  words: string;
  file: string;
}

const Table = ({ tools, holds, words, file }: TableProps) => {
  const located = tools.some(({ place }) => place);
  return (
    <Wide label={`tools of ${words}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Tool</th>
            <th scope="col">Does</th>
            <th scope="col">Call</th>
            <th scope="col">Data</th>
            <th scope="col">Sends out</th>
            {located ? <th scope="col">Where</th> : null}
          </tr>
        </thead>
        <tbody>
          {tools.map((tool) => {
            const hold = holds.get(keyOf(tool));
            return (
              <tr key={tool.tool}>
                <th scope="row">
                  <Name text={toolParts(tool.tool).name} />
                  {hold ? <span class="muted"> high-stakes</span> : null}
                </th>
                <td>{tagOf(tool)}</td>
                <td class={hold && !HOLD_DOCS[hold].held ? 'warn' : undefined}>{accessWords(tool, hold)}</td>
                <td>{dataWords(tool)}</td>
                <td>{tool.egress === 'unknown' ? 'not known' : tool.egress}</td>
                {located ? <td class="where">{tool.place ? placeWords([tool.place], file) : null}</td> : null}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Wide>
  );
};

function countsOf(tools: readonly ReachTool[]): string {
  const high = tools.filter(({ highStakes }) => highStakes).length;
  const reads = tools.filter(({ effect }) => effect === 'read').length;
  return `${count(tools.length, 'tool')}: ${reads} read, ${tools.length - reads} write or may${high > 0 ? `, ${high} high-stakes` : ''}`;
}

function accessWords({ access }: ReachTool, hold: Hold | undefined): string {
  if (hold) return HOLD_DOCS[hold].label;
  return access === 'unknown' ? 'not known' : access === 'allow' ? 'runs' : 'asks';
}

function dataWords({ data, unnamedData }: ReachTool): string {
  const hidden = unnamedData === true ? ['credentials or files'] : unnamedData === 'unknown' ? ['perhaps files'] : [];
  const named = data === null ? ['not stated'] : data.slice(0, 6).map((name) => seen(name, 80));
  const more = (data?.length ?? 0) - 6;
  const all = [...named, ...(more > 0 ? [`${more} more`] : []), ...hidden];
  return all.length === 0 ? 'none' : all.join(', ');
}
