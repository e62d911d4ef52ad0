import type { RoiReport } from '../../../model/roi.ts';
import { Problems } from '../../page/problems.tsx';
import { Prose, sentence, TierMark } from '../../page/prose.tsx';
import { seen } from '../../page/text.ts';
import { Tiers } from '../../page/tiers.tsx';
import { count } from '../../words.ts';
import { AgentSheet } from './agent.tsx';
import { AllAssumptions } from './assumptions.tsx';
import { AgentIndex, decisionOfAll } from './index-of-agents.tsx';
import { type Sheet, sharedAssumptions, sheetsOf } from './sheets.ts';

export const Page = ({ report }: { report: RoiReport }) => {
  const sheets = sheetsOf(report.results);
  const [first] = sheets;
  const alone = sheets.length === 1;
  const all = alone ? undefined : sharedAssumptions(report.results);
  return (
    <>
      <header>
        <h1>Stakes cost model</h1>
        {alone && first ? <AloneHead {...first} /> : <ManyHead sheets={sheets} />}
      </header>
      <main id="content" tabIndex={-1}>
        <Problems errors={report.errors} title="Not counted" />
        {sheets.length > 1 ? <AgentIndex sheets={sheets} /> : null}
        <div class={alone ? '' : 'agents'}>
          {sheets.map((sheet) => (
            <AgentSheet {...sheet} drawing={report} alone={alone} together={all !== undefined} key={sheet.id} />
          ))}
        </div>
        {all ? <AllAssumptions assumptions={all} /> : null}
      </main>
      <Foot report={report} />
    </>
  );
};

const AloneHead = ({ result }: Sheet) => (
  <>
    <p class="decision">
      <Prose text={sentence(result.decision)} />.
    </p>
    <div class="title">
      <h2>{seen(result.name, 200)}</h2>
      <TierMark tier={result.tier} />
    </div>
  </>
);

const ManyHead = ({ sheets }: { sheets: readonly Sheet[] }) => (
  <>
    <p class="decision">{decisionOfAll(sheets)}</p>
    <p class="muted">{count(sheets.length, 'agent')}</p>
  </>
);

const Foot = ({ report: { draws, seed, against, months, counted } }: { report: RoiReport }) => (
  <footer>
    <h2>How to read this</h2>
    <p>
      {draws.toLocaleString('en-US')} futures of {months} months were simulated, each with its own incidents and its own
      value of every assumption (seed {seed}); every option meets the same ones. P10 means that one future in ten is
      below, P90 that one in ten is above. The average is what many such agents would bring each; rare and large losses
      pull it away from the middle. All amounts are US dollars, against {against}.
    </p>
    <p>
      The ranges are as good as the assumptions. The tree of tiers asks whom a bad call harms, also where nobody would
      bill you for it, so the tier that it assigns is a floor that money does not lower.
    </p>
    {counted.length > 0 ? (
      <p>
        Counted once, with the agent that starts them:{' '}
        {counted.map(({ agent, with: above }) => `${seen(agent, 80)} with ${seen(above, 80)}`).join(', ')}.
      </p>
    ) : null}
    <Tiers />
  </footer>
);

export function titleOf({ results }: RoiReport): string {
  const [first] = results;
  return `Stakes cost model: ${results.length === 1 && first ? seen(first.name, 80) : count(results.length, 'agent')}`;
}
