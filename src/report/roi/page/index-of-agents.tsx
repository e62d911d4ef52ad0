import type { RoiOption } from '../../../model/roi.ts';
import { sentence, TierMark } from '../../page/prose.tsx';
import { seen } from '../../page/text.ts';
import { Wide } from '../../page/wide.tsx';
import { count } from '../../words.ts';
import { chance, money, moneyRange, monthWords } from './amounts.ts';
import { assigned, bestOf, type Sheet } from './sheets.ts';

/** The decision over all agents in one sentence. Averages add up, whatever the agents have to do with each other; ranges do not. */
export function decisionOfAll(sheets: readonly Sheet[]): string {
  if (sheets.length === 0) return 'No agent was counted.';
  const sum = (of: (sheet: Sheet) => RoiOption | undefined) =>
    sheets.reduce((total, sheet) => total + (of(sheet)?.net.mean ?? 0), 0);
  const [tree, best] = [sum(({ result }) => assigned(result)), sum(({ result }) => bestOf(result))];
  const agree = sheets.filter(({ result }) => result.best === result.assigned).length;
  const says =
    tree >= 0
      ? `return ${money(tree)} a year more than they cost`
      : `cost ${money(-tree)} a year more than they return`;
  const same =
    agree === sheets.length
      ? 'and each of them is also the best by money'
      : `where the best options by money would return ${money(best)}; for ${agree} of ${count(sheets.length, 'agent')} both are the same`;
  return `With what the tree asks for, the controls of these agents ${says} on average, ${same}.`;
}

/** All agents, the highest tier first. */
export const AgentIndex = ({ sheets }: { sheets: readonly Sheet[] }) => (
  <section class="sheet" aria-labelledby="agents">
    <h2 id="agents">Agents</h2>
    <Wide label="Agents">
      <table>
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col">The tree’s tier</th>
            <th scope="col" class="num">
              Its net a year
            </th>
            <th scope="col">Breaks even</th>
            <th scope="col" class="num">
              Within a year
            </th>
            <th scope="col">Best by money</th>
            <th scope="col" class="num">
              Its net a year
            </th>
          </tr>
        </thead>
        <tbody>
          {sheets.map((sheet) => (
            <Row {...sheet} key={sheet.id} />
          ))}
        </tbody>
      </table>
    </Wide>
  </section>
);

const Row = ({ id, result }: Sheet) => {
  const [tree, best] = [assigned(result), bestOf(result)];
  return (
    <tr>
      <th scope="row">
        <a href={`#${id}-inside`}>{seen(result.name, 120)}</a>
      </th>
      <td>
        <TierMark tier={result.tier} />
        {tree.id === result.tier ? null : <span class="where below">{tree.title.toLowerCase()} for now</span>}
      </td>
      <Net option={tree} />
      <td>{monthWords(tree.breakEvenMonth)}</td>
      <td class="num">{chance(tree.paysBackInYear)}</td>
      <td>{best === undefined ? 'no control' : best === tree ? 'the same' : sentence(best.title)}</td>
      {best === undefined || best === tree ? <td /> : <Net option={best} />}
    </tr>
  );
};

const Net = ({ option: { net } }: { option: RoiOption }) => (
  <td class="num">
    <strong class={net.mean < 0 ? 'bad' : undefined}>{money(net.mean)}</strong>
    <span class="below where">{moneyRange(net)}</span>
  </td>
);
