import type { AssessmentReport } from '../../../../model/assessment.ts';
import { TIER_DOCS } from '../../../../model/tiers.ts';
import { verdict } from '../../../assessment-words.ts';
import type { Flags } from '../../../command-line.ts';
import { Problems } from '../../../page/problems.tsx';
import { Prose, sentence, TierMark } from '../../../page/prose.tsx';
import { seen } from '../../../page/text.ts';
import { Tiers } from '../../../page/tiers.tsx';
import { count } from '../../../words.ts';
import { Arrows } from '../graph/draw.tsx';
import { type Sheet, sheetsOf } from '../sheets.ts';
import { AgentSheet } from './agent.tsx';
import { Portfolio } from './portfolio.tsx';

interface PageProps {
  report: AssessmentReport;
  where: Flags | undefined;
}

export const Page = ({ report: { results, errors }, where }: PageProps) => {
  const sheets = sheetsOf(results);
  const [first] = sheets;
  const alone = sheets.length === 1;
  return (
    <>
      <svg class="heads" width="0" height="0" aria-hidden="true">
        <Arrows />
      </svg>
      <header>
        <h1>Stakes assessment</h1>
        {alone && first ? <AloneHead {...first} /> : <p class="name">{count(sheets.length, 'agent')}</p>}
        <search hidden>
          <form class="search">
            <label for="find">{alone ? 'Find a tool' : 'Find an agent or a tool'}</label>
            <input id="find" type="search" autocomplete="off" spellcheck={false} />
            <output aria-live="polite" for="find" />
          </form>
        </search>
      </header>
      <main id="content" tabIndex={-1}>
        <Problems errors={errors} title="Not assessed" />
        {sheets.length > 1 ? <Portfolio sheets={sheets} /> : null}
        <div class={alone ? '' : 'agents'}>
          {sheets.map((sheet) => (
            <AgentSheet {...sheet} where={where} alone={alone} key={sheet.id} />
          ))}
        </div>
      </main>
      <footer>
        <h2>How to read this</h2>
        <Tiers />
        <p>
          An open fact counts as its worst until somebody states it, so the tier is the ceiling. Too little control and
          too much are findings of the same weight.
        </p>
      </footer>
    </>
  );
};

const AloneHead = ({ assessment }: Sheet) => (
  <>
    <div class="title">
      <h2 class="name">{seen(assessment.name, 200)}</h2>
      <TierMark tier={assessment.tier} />
    </div>
    <p class="verdict">
      <Prose text={sentence(verdict(assessment))} />.
    </p>
  </>
);

export function titleOf(results: AssessmentReport['results']): string {
  const sheets = sheetsOf(results);
  const [first] = sheets;
  if (sheets.length !== 1 || !first) return `Stakes assessment: ${count(sheets.length, 'agent')}`;
  return `Stakes assessment: ${seen(first.assessment.name, 80)} (${TIER_DOCS[first.assessment.tier].title})`;
}
