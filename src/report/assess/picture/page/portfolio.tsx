import { TIER_DOCS, TIERS } from '../../../../model/tiers.ts';
import { verdict } from '../../../assessment-words.ts';
import { controlStates } from '../../../control-states.ts';
import { Prose, sentence, TierMark } from '../../../page/prose.tsx';
import { seen } from '../../../page/text.ts';
import { Wide } from '../../../page/wide.tsx';
import { count } from '../../../words.ts';
import type { Sheet } from '../sheets.ts';

/** All agents by tier, the highest first. */
export const Portfolio = ({ sheets }: { sheets: readonly Sheet[] }) => (
  <section class="sheet" aria-labelledby="portfolio">
    <h2 id="portfolio">{count(sheets.length, 'agent')} by tier</h2>
    <Tally sheets={sheets} />
    <Wide label="Agents by tier">
      <table>
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col">Tier</th>
            <th scope="col">Why</th>
            <th scope="col">Tools</th>
            <th scope="col">High-stakes</th>
            <th scope="col">Missing</th>
            <th scope="col">Too much</th>
            <th scope="col">Open</th>
          </tr>
        </thead>
        <tbody>
          {sheets.map(({ id, assessment }) => (
            <Row id={id} assessment={assessment} key={id} />
          ))}
        </tbody>
      </table>
    </Wide>
  </section>
);

const Row = ({ id, assessment }: Sheet) => {
  const { missing, tooMuch } = controlStates(assessment);
  const { floor, tier, reach, highStakes, questions } = assessment;
  return (
    <tr data-agent={id}>
      <th scope="row">
        <a href={`#${id}-inside`}>{seen(assessment.name, 120)}</a>
      </th>
      <td>
        <TierMark tier={tier} />
        {floor === tier ? null : <span class="where below">at best {TIER_DOCS[floor].title.toLowerCase()}</span>}
      </td>
      <td>
        <Prose text={sentence(verdict(assessment))} />
      </td>
      <td class="nums">{reach.length}</td>
      <td class="nums">{highStakes.length}</td>
      <td class={`nums${missing.length > 0 ? ' bad' : ''}`}>{missing.length}</td>
      <td class={`nums${tooMuch.length > 0 ? ' warn' : ''}`}>{tooMuch.length}</td>
      <td class="nums">{questions.length}</td>
    </tr>
  );
};

const Tally = ({ sheets }: { sheets: readonly Sheet[] }) => (
  <ul class="legend">
    {TIERS.toReversed().map((tier) => {
      const number = sheets.filter(({ assessment }) => assessment.tier === tier).length;
      return (
        <li key={tier}>
          <TierMark tier={tier} /> <strong>{number}</strong>
        </li>
      );
    })}
  </ul>
);
