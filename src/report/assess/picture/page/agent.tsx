import type { Assessment } from '../../../../model/assessment.ts';
import { intervalWords, stageWords, verdict } from '../../../assessment-words.ts';
import type { Flags } from '../../../command-line.ts';
import { nextStep } from '../../../next-step.ts';
import { Name, Prose, sentence, TierMark } from '../../../page/prose.tsx';
import { seen } from '../../../page/text.ts';
import { AdviceTable, Questions } from './advice.tsx';
import { Blast } from './blast.tsx';
import { ControlTable } from './controls.tsx';
import { Figures } from './figures.tsx';
import { Walk } from './walk.tsx';

interface AgentProps {
  assessment: Assessment;
  id: string;
  where: Flags | undefined;
}

/** Everything about one agent; of several, each is opened by itself. */
export const AgentSheet = ({ alone, ...props }: AgentProps & { alone: boolean }) => {
  const { assessment, id } = props;
  const words = seen(`${assessment.agent} ${assessment.name} ${assessment.tier}`);
  if (alone)
    return (
      <section class="sheet agent" id={id} data-find={words} aria-label={seen(assessment.name, 200)}>
        <Content {...props} />
      </section>
    );
  return (
    <details class="sheet agent" id={id} data-find={words}>
      <summary>
        <h2>{seen(assessment.name, 200)}</h2>
        <TierMark tier={assessment.tier} />
        <p class="verdict">
          <Prose text={sentence(verdict(assessment))} />
        </p>
      </summary>
      <div class="inside" id={`${id}-inside`}>
        <Content {...props} />
      </div>
    </details>
  );
};

const Content = ({ assessment, id, where }: AgentProps) => {
  const notes = [intervalWords(assessment), stageWords(assessment)].filter((note) => note !== undefined);
  const { command, purpose } = nextStep(assessment, where);
  return (
    <>
      <p>
        <code>{seen(assessment.agent, 200)}</code> <span class="muted">in</span>{' '}
        <Name text={`${assessment.file}${assessment.place ? `:${assessment.place.line}` : ''}`} />
      </p>
      {notes.map((note) => (
        <p class="note" key={note}>
          <Prose text={sentence(note)} />.
        </p>
      ))}
      <Figures assessment={assessment} />
      <Walk assessment={assessment} id={id} />
      <Blast assessment={assessment} id={id} />
      <ControlTable assessment={assessment} id={id} />
      <AdviceTable assessment={assessment} id={id} />
      <Questions assessment={assessment} id={id} />
      <p class="muted">
        Next, to {purpose}: <code>{seen(command, 1000)}</code>
      </p>
    </>
  );
};
