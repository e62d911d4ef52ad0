import type { RoiAssumption, RoiResult } from '../../../model/roi.ts';
import { Prose, sentence } from '../../page/prose.tsx';
import { seen } from '../../page/text.ts';
import { Wide } from '../../page/wide.tsx';
import { count } from '../../words.ts';
import { bare, unitWords } from './amounts.ts';

/** How many are shown at once; the rest open. */
const FIRST = 10;

interface AssumptionsProps {
  result: Pick<RoiResult, 'assumptions' | 'swings'>;
  label: string;
  /** The rest of them stands in the table of the page. */
  together: boolean;
}

/** What the figures rest on, what matters most first. */
export const Assumptions = ({ result, label, together }: AssumptionsProps) => {
  const rank = new Map(result.swings.map(({ input }, index) => [input, index]));
  const rankOf = ({ input }: RoiAssumption) => rank.get(input) ?? rank.size;
  const sorted = result.assumptions.toSorted((a, b) => rankOf(a) - rankOf(b));
  const first = sorted.length <= FIRST + 3 ? sorted : sorted.slice(0, FIRST);
  return (
    <>
      <p>{provenance(result.assumptions)} What matters most comes first.</p>
      <Table assumptions={first} label={label} />
      {together ? (
        <p>
          <a href="#assumptions">All assumptions</a>, which the agents share
        </p>
      ) : (
        <Rest assumptions={sorted.slice(first.length)} label={label} />
      )}
    </>
  );
};

const Rest = ({ assumptions, label }: { assumptions: readonly RoiAssumption[]; label: string }) =>
  assumptions.length === 0 ? null : (
    <details class="more">
      <summary>{count(assumptions.length, 'more assumption')}</summary>
      <Table assumptions={assumptions} label={`More: ${label}`} />
    </details>
  );

/** Of all agents, once. */
export const AllAssumptions = ({ assumptions }: { assumptions: readonly RoiAssumption[] }) => (
  <section class="sheet" aria-labelledby="assumptions">
    <h2 id="assumptions">All assumptions</h2>
    <p>{provenance(assumptions)}</p>
    <Table assumptions={assumptions} label="All assumptions" />
  </section>
);

function provenance(assumptions: readonly RoiAssumption[]): string {
  const defaults = assumptions.filter(({ isDefault }) => isDefault).length;
  const stated = assumptions.length - defaults;
  if (defaults === 0) return 'All of them were stated by you.';
  return stated === 0
    ? 'None of them was stated by you: all are defaults, which stand for some agent and not for yours.'
    : `${stated} of ${assumptions.length} were stated by you; the others are defaults, which stand for some agent and not for yours.`;
}

const Table = ({ assumptions, label }: { assumptions: readonly RoiAssumption[]; label: string }) => (
  <Wide label={label}>
    <table class="assumed">
      <thead>
        <tr>
          <th scope="col">Assumption</th>
          <th scope="col" class="num">
            Low
          </th>
          <th scope="col" class="num">
            Likely
          </th>
          <th scope="col" class="num">
            High
          </th>
          <th scope="col">Unit</th>
          <th scope="col">Source</th>
          <th scope="col">Date</th>
        </tr>
      </thead>
      <tbody>
        {assumptions.map((each) => (
          <tr key={each.input}>
            <th scope="row">
              <Prose text={sentence(each.about)} />
              <span class="below where">
                <code>{each.input}</code>
              </span>
            </th>
            {[each.low, each.likely, each.high].map((value, index) => (
              <td class="num" key={index}>
                {bare(value, each.unit)}
              </td>
            ))}
            <td>{unitWords(each.unit)}</td>
            <td class="source">
              {each.isDefault ? <span class="chip default">default</span> : null} {seen(each.source, 400)}
            </td>
            <td class="where">{seen(each.date, 40)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Wide>
);
