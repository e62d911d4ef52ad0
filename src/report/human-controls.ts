import type { Assessment, ControlEntry } from '../model/assessment.ts';
import { CONTROL_DOCS } from '../model/controls.ts';
import type { ReportContext } from './context.ts';
import { controlStates } from './control-states.ts';
import { placeWords, sectionWords } from './pointer-words.ts';
import { heading, row } from './row.ts';
import { shown } from './shown.ts';
import { prose, type Words } from './words.ts';

/** Too little and too much, with the same weight; then what is in place. */
export function controlLines(assessment: Assessment, context: ReportContext): string[] {
  const states = controlStates(assessment);
  const now = assessment.stage === 'none' ? '' : ' in staging';
  const verdict = `${states.shown.length} of ${states.required} required${now} shown, ${states.missing.length} missing, ${states.tooMuch.length} too much`;
  const quiet = (label: string, text: Words) => (text.length > 0 ? row({ label: { text: label }, text }, context) : []);
  return [
    ...heading([{ text: 'Controls', style: 'strong' }, `: ${verdict}`], context),
    ...states.missing.flatMap(({ id }) => loud('✗', 'bad', 'missing', id, CONTROL_DOCS[id].shownBy, context)),
    ...states.tooMuch.flatMap((entry) => loud('!', 'warn', 'too much', entry.id, tooMuchWords(entry), context)),
    ...(states.shown.length > 0
      ? row(
          {
            mark: { text: '✓', style: 'good' },
            label: { text: 'in place', style: 'good' },
            text: inPlace(states.shown),
          },
          context,
        )
      : []),
    ...quiet('optional', states.optional.length > 0 ? optional(states.optional) : []),
    ...quiet('not needed', ids(states.unwanted)),
    ...quiet('graduation', ids(states.later)),
  ];
}

function loud(
  mark: string,
  style: 'bad' | 'warn',
  label: string,
  id: string,
  text: string,
  context: ReportContext,
): string[] {
  return row(
    {
      mark: { text: mark, style },
      label: { text: label, style },
      text: [{ text: id, style: 'strong' }, `: ${prose(text)}`],
    },
    context,
  );
}

function tooMuchWords({ because, evidence }: ControlEntry): string {
  return `${shown(because)}${evidence === '' ? '' : ` (in place by ${placeWords(evidence)})`}`;
}

/** Neighbours that the same thing shows are named together. */
function inPlace(entries: readonly ControlEntry[]): Words {
  return entries.flatMap(({ id, evidence }, index): Words => {
    const next = entries[index + 1];
    const by = sectionWords(evidence);
    const last = next === undefined || sectionWords(next.evidence) !== by;
    return [{ text: id, style: 'strong' }, last && by !== '' ? ` (${by})` : '', next === undefined ? '' : ', '];
  });
}

function optional(entries: readonly ControlEntry[]): Words {
  return [entries.map(({ id, evidence }) => (evidence === '' ? id : `${id} (in place)`)).join(', ')];
}

const ids = (entries: readonly ControlEntry[]): Words =>
  entries.length > 0 ? [entries.map(({ id }) => id).join(', ')] : [];
