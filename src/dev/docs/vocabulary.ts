import { CONTROL_TABLE, GATED_CALLS_A_DAY } from '../../assess/controls.ts';
import { explanations } from '../../cli/explanations.ts';
import { ruleMetas } from '../../cli/rule-explanations.ts';
import { CONTROLS, type Control } from '../../model/controls.ts';
import { QUESTION_DOCS, QUESTIONS, type Question } from '../../model/questions.ts';
import { TIERS } from '../../model/tiers.ts';
import type { Explained } from '../../report/explain.ts';
import { explanationPage } from '../../report/explain-markdown.ts';
import { targets } from '../../targets/registry.generated.ts';
import { initQuestions } from './init-questions.ts';
import { link, type Page, page, table } from './page.ts';

/** The words of the model: tiers, controls and questions. */
export function vocabularyPages(): Page[] {
  return [
    page(
      'tiers',
      'Tiers',
      'How much control an agent needs, from least to most. A tier is the answer to [three questions](questions.md), and requires what the one before it does; [the model](model.md) says why.',
      [...matrix(), '', ...sections('tier')],
    ),
    page(
      'controls',
      'Controls',
      'What a [tier](tiers.md) can call for, and what shows Stakes that it is there. A control that a tier does not need is a finding, too.',
      [...matrix(), '', ...controls()],
    ),
    page(
      'questions',
      'Questions',
      'The tree that leads to a [tier](tiers.md). Each question is asked twice, with what is not known at its best and at its worst; the worst counts.',
      [...tree(), '', ...sections('question'), ...initQuestions(), ...openQuestions()],
    ),
  ];
}

function sections(kind: Explained): string[] {
  return explanations()
    .filter((each) => each.kind === kind)
    .flatMap((each) => [...explanationPage(each, 2), '']);
}

function controls(): string[] {
  const known = new Set(ruleMetas().map(({ id }) => id));
  return explanations()
    .filter(({ kind }) => kind === 'control')
    .flatMap((each) => {
      const rule = `missing-${each.id}`;
      const by = targets.filter(({ enforces }) => enforces.some((control) => control === each.id));
      const links = by.map(({ id }) => link(`\`${id}\``, `targets/${id}.md`));
      return [
        ...explanationPage(each, 2),
        ...(links.length === 0 ? [] : [`- **enforced, once installed, by**: ${links.join(', ')}`]),
        ...(known.has(rule) ? [`- **where it is missing**: ${link(`\`${rule}\``, `rules/${rule}.md`)}`] : []),
        '',
      ];
    });
}

const STANDING: Record<string, string> = {
  required: '**required**',
  'cost-driven': 'required if cost-driven¹',
  optional: 'optional',
  excessive: '_too much_',
  'excessive-when-many': '_too much_ if many²',
};

function matrix(): string[] {
  const rows = CONTROLS.map((id) => [link(`\`${id}\``, `controls.md#${id}`), ...standings(id)]);
  return [
    ...table(['control', ...TIERS.map((tier) => link(tier, `tiers.md#${tier}`))], rows),
    '',
    `¹ With subagents, without a person to start it, or with \`concern: cost\`. ² Above ${GATED_CALLS_A_DAY} gated calls a day.`,
  ];
}

function standings(id: Control): string[] {
  if (id === 'staging-boundary') return TIERS.map(() => 'required outside of production');
  return CONTROL_TABLE[id].map((standing) => STANDING[standing] ?? standing);
}

function tree(): string[] {
  return ['```mermaid', 'flowchart TD', ...QUESTIONS.flatMap(branches), '```'];
}

/** `no → light`: where the answer that is not named leads is the next question. */
function branches(id: Question, at: number): string[] {
  const { text, stopsAt } = QUESTION_DOCS[id];
  const ends = [...stopsAt.matchAll(/(yes|no) → ([a-z-]+)/g)].map(([, answer = '', tier = '']) => ({ answer, tier }));
  const next = QUESTIONS[at + 1];
  const on = ['yes', 'no'].filter((answer) => !ends.some((end) => end.answer === answer));
  const node = (name: string) => name.replaceAll('-', '_');
  return [
    `  ${id}["${at + 1}. ${text}"]`,
    ...ends.map(({ answer, tier }) => `  ${id} -- ${answer} --> ${node(tier)}(["${tier}"])`),
    ...on.map((answer) => `  ${id} -- ${answer} --> ${next}`),
  ];
}

function openQuestions(): string[] {
  return [
    '## What an assessment asks',
    '',
    'Where the best and the worst answer differ, the assessment lists the fewest facts that would close the gap, the most telling first. They are asked about an agent, its data or single tools; the [manifest](schema.md) is where they are answered.',
    '',
    '```console',
    '$ stakes assess examples/meeting-scribe.agent.yaml',
    '```',
  ];
}
