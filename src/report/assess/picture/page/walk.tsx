import type { Assessment, Because } from '../../../../model/assessment.ts';
import { QUESTION_DOCS } from '../../../../model/questions.ts';
import { TIER_DOCS } from '../../../../model/tiers.ts';
import { Drawing } from '../../../page/drawing.tsx';
import { Prose, sentence } from '../../../page/prose.tsx';
import { type WalkedStep, walkOf } from '../../../walk.ts';
import { drawTree } from '../tree/draw.tsx';
import { placeWords, reasonsOf } from './reasons.ts';

/** The tree as it was walked, drawn and in words, each fact with its file and line. */
export const Walk = ({ assessment, id }: { assessment: Assessment; id: string }) => {
  const steps = walkOf(assessment);
  const open = assessment.floor !== assessment.ceiling;
  return (
    <>
      <h3 id={`${id}-path`}>How it got its tier</h3>
      <Drawing
        drawn={drawTree(assessment)}
        label={`The three questions and the tiers they lead to. The walk ends at ${TIER_DOCS[assessment.tier].title}; the list after it says the same in words.`}
      />
      <p class="muted">
        {open
          ? 'The thick line is the walk with every open fact at its worst, which is the one that counts; the dashed line is where the best answers would lead.'
          : 'The thick line is the walk.'}
      </p>
      <ol class="trail">
        {steps.map((walked) => (
          <Step walked={walked} assessment={assessment} key={walked.question} />
        ))}
      </ol>
    </>
  );
};

const Step = ({ walked, assessment }: { walked: WalkedStep; assessment: Assessment }) => {
  const { question, step, stops, couldStop } = walked;
  const text = sentence(QUESTION_DOCS[question].text);
  if (!step) return <li class="skipped">{text} Not asked.</li>;
  return (
    <li>
      {text} <strong>{step.answer === 'unknown' ? `Not known, at worst ${step.worst}` : sentence(step.worst)}</strong>
      {stops ? `, so ${TIER_DOCS[stops].title.toLowerCase()}` : ''}
      {couldStop ? ` (at best ${step.best}, so ${TIER_DOCS[couldStop].title.toLowerCase()})` : ''}.
      {step.because.length > 0 ? <Reasons facts={step.because} assessment={assessment} /> : null}
    </li>
  );
};

/** What is true of several tools is said once, with all the lines that say so. */
const Reasons = ({ facts, assessment: { agent, file } }: { facts: readonly Because[]; assessment: Assessment }) => (
  <ul>
    {reasonsOf(facts, agent).map(({ phrase, places }) => (
      <li key={phrase}>
        <Prose text={phrase} /> <span class="where">{placeWords(places, file)}</span>
      </li>
    ))}
  </ul>
);
