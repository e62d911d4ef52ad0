import type { Assessment, ControlEntry } from '../../../../model/assessment.ts';
import { CONTROL_DOCS } from '../../../../model/controls.ts';
import { controlStates } from '../../../control-states.ts';
import { Prose, sentence } from '../../../page/prose.tsx';
import { Wide } from '../../../page/wide.tsx';
import { placeWords } from '../../../pointer-words.ts';

interface State {
  label: string;
  tone: string;
  entries: readonly ControlEntry[];
  words: (entry: ControlEntry) => string;
}

/** Too little and too much with the same weight; then what is in place. */
export const ControlTable = ({ assessment, id }: { assessment: Assessment; id: string }) => {
  const states = controlStates(assessment);
  const shownBy = ({ evidence }: ControlEntry) => (evidence === '' ? '' : placeWords(evidence));
  const groups: State[] = [
    {
      label: '✗ missing',
      tone: 'bad',
      entries: states.missing,
      words: ({ id: control }) => `to show it: ${CONTROL_DOCS[control].shownBy}`,
    },
    {
      label: '! too much',
      tone: 'warn',
      entries: states.tooMuch,
      words: (entry) => `${entry.because}${entry.evidence === '' ? '' : `; in place by ${shownBy(entry)}`}`,
    },
    { label: '✓ in place', tone: 'good', entries: states.shown, words: (entry) => `shown by ${shownBy(entry)}` },
    {
      label: 'optional',
      tone: 'muted',
      entries: states.optional,
      words: (entry) => (entry.evidence === '' ? 'not called for' : `in place by ${shownBy(entry)}`),
    },
    { label: 'not needed', tone: 'muted', entries: states.unwanted, words: ({ because }) => because },
    { label: 'at graduation', tone: 'muted', entries: states.later, words: ({ because }) => because },
  ];
  return (
    <>
      <h3 id={`${id}-controls`}>Controls</h3>
      <p>
        {states.shown.length} of {states.required} required{assessment.stage === 'none' ? '' : ' in staging'} are shown;{' '}
        {states.missing.length} missing, {states.tooMuch.length} too much.
      </p>
      <Wide label="Controls">
        <table>
          <thead>
            <tr>
              <th scope="col">State</th>
              <th scope="col">Control</th>
              <th scope="col">What it is</th>
              <th scope="col">Because</th>
            </tr>
          </thead>
          <tbody>
            {groups.flatMap(({ label, tone, entries, words }) =>
              entries.map((entry) => (
                <tr key={`${label} ${entry.id}`}>
                  <td class={`state ${tone}`}>{label}</td>
                  <th scope="row">
                    <strong class="nums">{entry.id}</strong>
                  </th>
                  <td>{sentence(CONTROL_DOCS[entry.id].summary)}</td>
                  <td>
                    <Prose text={words(entry)} />
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </Wide>
    </>
  );
};
