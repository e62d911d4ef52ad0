import type { RoiInference, RoiSpread } from '../../../model/roi.ts';
import { Name, Prose, sentence } from '../../page/prose.tsx';
import { seen } from '../../page/text.ts';
import { Wide } from '../../page/wide.tsx';
import { money, moneyRange } from './amounts.ts';

/** What the models cost a year, and what would make them cheaper. */
export const Inference = ({ inference: { bills, savings }, id }: { inference: RoiInference; id: string }) =>
  bills.length + savings.length === 0 ? null : (
    <>
      <h3 id={`${id}-models`}>What its models cost</h3>
      {bills.length > 0 ? <Bills bills={bills} /> : null}
      {savings.length > 0 ? <Savings savings={savings} /> : null}
    </>
  );

const Bills = ({ bills }: Pick<RoiInference, 'bills'>) => (
  <Wide label="What its models cost">
    <table>
      <thead>
        <tr>
          <th scope="col">Agent</th>
          <th scope="col">Model</th>
          <th scope="col" class="num">
            A year
          </th>
          <th scope="col">Price for a million tokens, in and out</th>
        </tr>
      </thead>
      <tbody>
        {bills.map(({ agent, model, price, usdPerYear }, index) => (
          <tr key={index}>
            <th scope="row">
              <Name text={agent} />
            </th>
            <td>
              <Name text={model} />
            </td>
            <td class="num">
              <Spread usd={usdPerYear} />
            </td>
            <td>
              {price ? (
                <>
                  ${price.input} and ${price.output}
                  <span class="below where">
                    {seen(price.source, 300)}, as of {seen(price.asOf, 40)}
                  </span>
                </>
              ) : (
                <span class="warn">
                  not known; state it in <code>stakes.roi.yaml</code>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Wide>
);

const Savings = ({ savings }: Pick<RoiInference, 'savings'>) => (
  <Wide label="What would make its models cheaper">
    <table>
      <thead>
        <tr>
          <th scope="col">What would make them cheaper</th>
          <th scope="col">Agent</th>
          <th scope="col" class="num">
            Saves a year
          </th>
        </tr>
      </thead>
      <tbody>
        {savings.map(({ agent, text, usdPerYear }, index) => (
          <tr key={index}>
            <th scope="row">
              <Prose text={sentence(text)} />
            </th>
            <td>
              <Name text={agent} />
            </td>
            <td class="num">
              <Spread usd={usdPerYear} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Wide>
);

const Spread = ({ usd }: { usd: RoiSpread | null }) =>
  usd ? (
    <>
      <strong>{money(usd.mean)}</strong> <span class="muted">{moneyRange(usd)}</span>
    </>
  ) : (
    <>not known</>
  );
