import type { RoiOption, RoiResult } from '../../../model/roi.ts';
import { sentence } from '../../page/prose.tsx';
import { Wide } from '../../page/wide.tsx';
import { about } from '../../words.ts';
import { chance, money, monthWords } from './amounts.ts';
import { Chips } from './chips.tsx';

/** Every option in figures. */
export const Options = ({ result }: { result: RoiResult }) => (
  <Wide label="Options in figures">
    <table class="options">
      <thead>
        <tr>
          <th scope="col">Option</th>
          <th scope="col" class="num">
            P10
          </th>
          <th scope="col" class="num">
            P50
          </th>
          <th scope="col" class="num">
            P90
          </th>
          <th scope="col" class="num">
            Average
          </th>
          <th scope="col" class="num">
            Avoided
          </th>
          <th scope="col" class="num">
            Added
          </th>
          <th scope="col">Breaks even</th>
          <th scope="col" class="num">
            Paid back in a year
          </th>
          <th scope="col" class="num">
            Approvals a day
          </th>
        </tr>
      </thead>
      <tbody>
        {result.options.map((option) => (
          <Row option={option} result={result} key={option.id} />
        ))}
      </tbody>
    </table>
  </Wide>
);

const Row = ({ option, result }: { option: RoiOption; result: RoiResult }) => {
  const { net, avoided, added, approvalsPerDay } = option;
  return (
    <tr>
      <th scope="row">
        {sentence(option.title)} <Chips option={option.id} result={result} />
        <span class="below where">{sentence(option.summary)}</span>
      </th>
      {[net.p10, net.p50, net.p90].map((usd, index) => (
        <td class="num" key={index}>
          {money(usd)}
        </td>
      ))}
      <td class={`num state ${net.mean < 0 ? 'bad' : 'good'}`}>{money(net.mean)}</td>
      <td class="num">{money(avoided.mean)}</td>
      <td class="num">{money(added.mean)}</td>
      <td class="nums">{monthWords(option.breakEvenMonth)}</td>
      <td class="num">{chance(option.paysBackInYear)}</td>
      <td class="num">{approvalsPerDay.mean === 0 ? 'none' : about(approvalsPerDay.mean)}</td>
    </tr>
  );
};
