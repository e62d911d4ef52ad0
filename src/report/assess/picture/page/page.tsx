import type { AssessmentReport } from '../../../../model/assessment.ts';
import type { Problem } from '../../../../model/place.ts';
import { TIER_DOCS, TIERS } from '../../../../model/tiers.ts';
import { verdict } from '../../../assessment-words.ts';
import type { Flags } from '../../../command-line.ts';
import { count } from '../../../words.ts';
import { Arrows } from '../graph/draw.tsx';
import { type Sheet, sheetsOf } from '../sheets.ts';
import { seen } from '../text.ts';
import { AgentSheet } from './agent.tsx';
import { Portfolio } from './portfolio.tsx';
import { Prose, sentence, TierMark } from './prose.tsx';

interface PageProps {
  report: AssessmentReport;
  where: Flags | undefined;
  style: string;
  script: string;
  /** What the browser may load and run: these two, and nothing else. */
  policy: string;
}

export const Page = ({ report: { results, errors }, where, style, script, policy }: PageProps) => {
  const sheets = sheetsOf(results);
  const [first] = sheets;
  const alone = sheets.length === 1;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{titleOf(sheets)}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <svg class="heads" width="0" height="0" aria-hidden="true">
          <Arrows />
        </svg>
        <a class="skip" href="#content">
          Skip to the assessment
        </a>
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
          {errors.length > 0 ? <Problems errors={errors} /> : null}
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
            An open fact counts as its worst until somebody states it, so the tier is the ceiling. Too little control
            and too much are findings of the same weight.
          </p>
        </footer>
        <script type="module" dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
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

const Problems = ({ errors }: { errors: readonly Problem[] }) => (
  <section class="sheet" aria-labelledby="errors">
    <h2 id="errors" class="bad">
      Not assessed: {count(errors.length, 'error')}
    </h2>
    <ul>
      {errors.map(({ code, message, help, place, file }, index) => (
        <li key={index}>
          <code>{seen(place ? `${place.file}:${place.line}:${place.column}` : (file ?? code))}</code>{' '}
          <Prose text={`${message}${help === undefined ? '' : `; ${help}`}`} />
        </li>
      ))}
    </ul>
  </section>
);

const Tiers = () => (
  <dl>
    {TIERS.map((tier) => (
      <div key={tier}>
        <dt>
          <TierMark tier={tier} />
        </dt>
        <dd>{sentence(TIER_DOCS[tier].summary)}.</dd>
      </div>
    ))}
  </dl>
);

function titleOf(sheets: readonly Sheet[]): string {
  const [first] = sheets;
  if (sheets.length !== 1 || !first) return `Stakes assessment: ${count(sheets.length, 'agent')}`;
  return `Stakes assessment: ${seen(first.assessment.name, 80)} (${TIER_DOCS[first.assessment.tier].title})`;
}
