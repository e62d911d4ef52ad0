import type { Assessment } from '../model/assessment.ts';
import { verdict } from './assessment-words.ts';
import type { ReportContext } from './context.ts';
import { shown } from './shown.ts';
import { count } from './words.ts';
import { widthOf, wrap } from './wrap.ts';

/** An agent that files of other tools describe, and no manifest. */
export interface Undescribed {
  assessment: Assessment;
  sources: readonly string[];
}

/** One line an agent: its tier or interval, and the worst thing about it. */
export function overview(
  assessments: readonly Assessment[],
  undescribed: readonly Undescribed[],
  context: ReportContext,
): string {
  const rowOf = (assessment: Assessment, worst: string) => ({
    name: shown(assessment.agent, 40),
    tier: tierWords(assessment),
    worst,
  });
  const rows = [
    ...assessments.map((assessment) => rowOf(assessment, worstThing(assessment))),
    ...undescribed.map(({ assessment, sources }) => rowOf(assessment, `no manifest yet, only ${sourceWords(sources)}`)),
  ];
  const nameWidth = Math.max(...rows.map(({ name }) => widthOf(name)));
  const tierWidth = Math.max(...rows.map(({ tier }) => widthOf(tier)));
  const pad = (text: string, width: number) => text + ' '.repeat(width - widthOf(text));
  const hanging = ' '.repeat(nameWidth + tierWidth + 4);
  const lines = rows.flatMap(({ name, tier, worst }) =>
    wrap([worst], {
      ...context,
      first: [{ text: pad(name, nameWidth), style: 'strong' }, `  ${pad(tier, tierWidth)}  `],
      rest: [hanging],
    }),
  );
  return `${lines.join('\n')}\n`;
}

function sourceWords(sources: readonly string[]): string {
  const [first = '', ...others] = sources.map((source) => shown(source, 80));
  return others.length === 0 ? first : `${first} and ${count(others.length, 'more file')}`;
}

function tierWords({ floor, tier }: Assessment): string {
  return floor === tier ? tier : `${floor} … ${tier}`;
}

function worstThing(assessment: Assessment): string {
  const { questions, controls } = assessment;
  if (questions.length > 0) return `${count(questions.length, 'open question')}: ${verdict(assessment)}`;
  if (controls.missing.length > 0)
    return `${count(controls.missing.length, 'control')} missing: ${controls.missing.map(({ id }) => id).join(', ')}`;
  if (controls.excessive.length > 0) return `too much: ${controls.excessive.map(({ id }) => id).join(', ')}`;
  return verdict(assessment);
}
