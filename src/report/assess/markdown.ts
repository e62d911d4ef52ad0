import type { Advice, Assessment, AssessmentReport, ControlEntry } from '../../model/assessment.ts';
import { CONTROL_DOCS } from '../../model/controls.ts';
import type { Problem } from '../../model/place.ts';
import { QUESTION_DOCS } from '../../model/questions.ts';
import { TIER_DOCS } from '../../model/tiers.ts';
import { intervalWords, priceWords, stageWords, stakesWords, verdict } from '../assessment-words.ts';
import type { Flags } from '../command-line.ts';
import type { Format } from '../context.ts';
import { controlStates } from '../control-states.ts';
import { leaksOf, strangersWords } from '../disclosure.ts';
import { factPhrases } from '../facts.ts';
import { HOLD_DOCS, heldTools } from '../holds.ts';
import { code, markdown, table } from '../markdown-text.ts';
import { nextStep } from '../next-step.ts';
import { placeWords } from '../pointer-words.ts';
import { ruleOfTwo } from '../rule-of-two.ts';
import { type WalkedStep, walkOf } from '../walk.ts';
import { count } from '../words.ts';
import { mermaidTree } from './picture/tree/mermaid.ts';

/** Where this is read each drawing is drawn anew, and the tables say the same. */
const DRAWN = 8;

/** For a pull request or a review document. */
export const format: Format<AssessmentReport> = ({ results, errors }, { where }) => {
  const lines = [
    ...(results.length > 1 ? [...overview(results), ''] : []),
    ...results.flatMap((assessment, index) => [
      ...(index > 0 ? [''] : []),
      ...section(assessment, where, results.length <= DRAWN),
    ]),
    ...(errors.length > 0 ? [...(results.length > 0 ? [''] : []), ...problems(errors)] : []),
  ];
  return `${lines.join('\n')}\n`;
};

function overview(results: readonly Assessment[]): string[] {
  const rows = results.map((each) => [code(each.agent), TIER_DOCS[each.tier].title, markdown(verdict(each))]);
  return [`**${count(results.length, 'agent')}**`, ...table(['Agent', 'Tier', 'Why'], rows)];
}

function section(assessment: Assessment, where: Flags | undefined, drawn: boolean): string[] {
  const { agent, name, file, place, tier } = assessment;
  const title = name === agent ? code(agent) : `${markdown(name)} (${code(agent)})`;
  const notes = [intervalWords(assessment), stageWords(assessment)].filter((note) => note !== undefined);
  const { command, purpose } = nextStep(assessment, where);
  return [
    `## ${title}: ${TIER_DOCS[tier].title}`,
    '',
    `${code(`${file}${place ? `:${place.line}` : ''}`)}: ${markdown(verdict(assessment))}.`,
    ...notes.flatMap((note) => ['', `> ${markdown(note)}.`]),
    ...(drawn ? ['', ...mermaidTree(assessment)] : []),
    ...table(
      ['', 'Question', 'Answer', 'Because'],
      walkOf(assessment).map((walked, index) => walkRow(walked, index, agent)),
    ),
    ...reach(assessment),
    ...controls(assessment),
    ...numbered('To lower the tier, cheapest first', assessment.advice.map(adviceText)),
    ...numbered(
      'Open questions, each with the tier if it and those above are answered safely',
      assessment.questions.map(
        ({ text, pointer, closes }) => `${markdown(text)} (${code(placeWords(pointer))}) → **${closes}**`,
      ),
    ),
    '',
    `Next, to ${purpose}: ${code(command)}`,
  ];
}

function walkRow({ question, step, stops, couldStop }: WalkedStep, index: number, root: string): string[] {
  const number = String(index + 1);
  const text = markdown(QUESTION_DOCS[question].text);
  if (!step) return [number, text, 'not asked', ''];
  const answer = step.answer === 'unknown' ? `not known, at worst **${step.worst}**` : `**${step.worst}**`;
  const better = couldStop ? ` (at best ${step.best} → ${couldStop})` : '';
  return [
    number,
    text,
    `${answer}${stops ? ` → **${stops}**` : ''}${better}`,
    factPhrases(step.because, root).map(markdown).join('; '),
  ];
}

function reach(assessment: Assessment): string[] {
  const held = heldTools(assessment).map(({ hold, tools: names, why }) => [
    HOLD_DOCS[hold].label,
    names.map(code).join(', '),
    markdown(why),
  ]);
  const leaks = leaksOf(assessment).map(({ data, reader, untrusted, exits, certain }) => [
    `${code(data)} by ${code(reader)}`,
    markdown(strangersWords(untrusted)),
    exits.map(code).join(', '),
    certain ? 'yes' : 'if an open fact turns out so',
  ]);
  const two = ruleOfTwo(assessment).map((piece) => (typeof piece === 'string' ? piece : piece.text));
  return [
    '',
    `**High-stakes**: ${stakesWords(assessment)}. **Rule of two** ${markdown(two.join(''))}.`,
    ...table(['How it is held', 'Tools', 'Why'], held),
    ...table(['Disclosure path: data', 'What comes in', 'Exit', 'Certain'], leaks),
  ];
}

function controls(assessment: Assessment): string[] {
  const states = controlStates(assessment);
  const row = (state: string, text: (entry: ControlEntry) => string) => (entry: ControlEntry) => [
    entry.id,
    state,
    text(entry),
  ];
  const shownBy = ({ evidence }: ControlEntry) => (evidence === '' ? '' : markdown(placeWords(evidence)));
  const rows = [
    ...states.missing.map(row('✗ missing', ({ id }) => `shown by ${markdown(CONTROL_DOCS[id].shownBy)}`)),
    ...states.tooMuch.map(
      row(
        '! too much',
        (entry) => `${markdown(entry.because)}${entry.evidence === '' ? '' : `; in place by ${shownBy(entry)}`}`,
      ),
    ),
    ...states.shown.map(row('✓ in place', shownBy)),
    ...states.optional.map(row('optional', shownBy)),
    ...states.unwanted.map(row('not needed', ({ because }) => markdown(because))),
    ...states.later.map(row('at graduation', ({ because }) => markdown(because))),
  ];
  const sum = `${states.shown.length} of ${states.required} required shown, ${states.missing.length} missing, ${states.tooMuch.length} too much`;
  return ['', `**Controls**: ${sum}`, ...table(['Control', 'State', 'Because'], rows)];
}

function adviceText(advice: Advice): string {
  return `**${advice.tier}**, ${priceWords(advice)}: ${markdown(advice.text)}`;
}

function numbered(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', `**${title}:**`, '', ...items.map((item, index) => `${index + 1}. ${item}`)];
}

function problems(errors: readonly Problem[]): string[] {
  const rows = errors.map(({ code: id, message, help, place, file }) => {
    const where = place ? `${place.file}:${place.line}:${place.column}` : (file ?? '');
    return [
      where === '' ? '' : code(where),
      code(id),
      `${markdown(message)}${help === undefined ? '' : `; ${markdown(help)}`}`,
    ];
  });
  return [`**Not assessed**: ${count(errors.length, 'error')}`, ...table(['Where', 'Error', 'What'], rows)];
}
