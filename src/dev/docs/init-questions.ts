import { code } from '../../report/markdown-text.ts';
import { questions } from '../../wizard/questions.ts';

/** What the questionnaire asks, for the page of questions. */
export function initQuestions(): string[] {
  return [
    '## What `stakes init` asks',
    '',
    '`stakes init --quick` asks the three questions above. The whole questionnaire asks these, and only while an answer could still change the tier, a control or what is recommended, the one that narrows the interval most first. Each is a flag; `unknown` leaves it open.',
    '',
    ...questions.flatMap(({ id, text, why, more }) => [`- ${code(`--${id}`)} **${text}** ${sentence(why)} ${more}`]),
    '',
  ];
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
