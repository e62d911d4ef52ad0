import {
  ROI_ADDED,
  ROI_AVOIDED,
  ROI_SCENARIOS,
  type RoiOption,
  type RoiResult,
  type RoiScenario,
} from '../../../model/roi.ts';
import { sentence } from '../../page/prose.tsx';
import { Wide } from '../../page/wide.tsx';
import { about } from '../../words.ts';
import { LINE_WORDS } from '../parts/rows.ts';
import { money } from './amounts.ts';
import { assigned, bestOf } from './sheets.ts';

const SCENARIOS: Record<RoiScenario, string> = {
  'wrong-action': 'a high-stakes call gone wrong',
  'wrong-command': 'code or a command gone wrong',
  hijack: 'strangers’ text that makes it act',
  disclosure: 'data carried out',
  runaway: 'a loop that runs away',
  'leaked-secret': 'a credential that leaks',
};

/** Where the figures come from: incidents by kind, and every line of costs, for the tree's tier and the best option. */
export const Sources = ({ result, id }: { result: RoiResult; id: string }) => {
  const [tree, best] = [assigned(result), bestOf(result)];
  const options = best && best !== tree ? [tree, best] : [tree];
  return (
    <>
      <h3 id={`${id}-sources`}>Where it comes from</h3>
      <Incidents result={result} options={options} />
      <Lines options={options} />
    </>
  );
};

const Incidents = ({ result, options }: { result: RoiResult; options: readonly RoiOption[] }) => {
  const { incidentsBy, eventsBy } = result.baseline;
  return (
    <Wide label="Incidents by kind">
      <table>
        <caption>Incidents, expected a year</caption>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col" class="num">
              Times
            </th>
            <th scope="col" class="num">
              Loss with no control
            </th>
            {options.map(({ id, title }) => (
              <th scope="col" class="num avoids" key={id}>
                {title} avoids
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROI_SCENARIOS.filter((scenario) => eventsBy[scenario] > 0).map((scenario) => (
            <tr key={scenario}>
              <th scope="row">{sentence(SCENARIOS[scenario])}</th>
              <td class="num">{timesWords(eventsBy[scenario])}</td>
              <td class="num">{money(incidentsBy[scenario])}</td>
              {options.map((option) => (
                <td class="num" key={option.id}>
                  {money(option.incidentsBy[scenario])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  );
};

const Lines = ({ options }: { options: readonly RoiOption[] }) => {
  const rows = [
    ...ROI_AVOIDED.map((line) => ({ line, usd: options.map(({ avoidedBy }) => avoidedBy[line]) })),
    ...ROI_ADDED.map((line) => ({ line, usd: options.map(({ addedBy }) => -addedBy[line]) })),
  ].filter(({ usd }) => usd.some((each) => Math.abs(each) >= 0.5));
  return (
    <Wide label="Avoided and added">
      <table class="lines">
        <caption>Avoided and added, on average a year</caption>
        <thead>
          <tr>
            <th scope="col">Line</th>
            {options.map(({ id, title }) => (
              <th scope="col" class="num avoids" key={id}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, usd }) => (
            <tr key={line}>
              <th scope="row">{sentence(LINE_WORDS[line] ?? line)}</th>
              {usd.map((each, index) => (
                <td class="num" key={index}>
                  {money(each)}
                </td>
              ))}
            </tr>
          ))}
          <tr class="sum">
            <th scope="row">Net</th>
            {options.map(({ id, net }) => (
              <td class="num state" key={id}>
                {money(net.mean)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </Wide>
  );
};

/** Rare ones as one in so many years. */
function timesWords(times: number): string {
  if (times >= 1) return about(times);
  return times < 0.001 ? 'hardly ever' : `1 in ${Math.round(1 / times)} years`;
}
