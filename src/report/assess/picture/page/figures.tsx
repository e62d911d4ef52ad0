import type { Assessment } from '../../../../model/assessment.ts';
import { controlStates } from '../../../control-states.ts';
import { holdOf } from '../../../holds.ts';
import { about, count } from '../../../words.ts';

/** The few numbers to begin with. */
export const Figures = ({ assessment }: { assessment: Assessment }) => (
  <dl class="figures">
    {figuresOf(assessment).map(({ name, value, note }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>
          {value}
          <small>{note}</small>
        </dd>
      </div>
    ))}
  </dl>
);

function figuresOf(assessment: Assessment) {
  const { reach, agents, highStakes, disclosurePaths, approvalsPerDay, questions } = assessment;
  const unheld = highStakes.filter((each) => ['unattended', 'unknown'].includes(holdOf(each))).length;
  const states = controlStates(assessment);
  const paths = disclosurePaths.filter(({ certain }) => certain).length;
  const open = reach.some(({ access }) => access === 'unknown');
  return [
    {
      name: 'In reach',
      value: count(reach.length, 'tool'),
      note: agents.length > 1 ? `of ${count(agents.length, 'agent')}` : 'of one agent',
    },
    {
      name: 'High-stakes',
      value: count(highStakes.length, 'tool'),
      note:
        highStakes.length === 0
          ? 'nothing to hold'
          : `${unheld === 0 ? 'all' : highStakes.length - unheld} held by a person or by bounds`,
    },
    {
      name: 'Ways out for data',
      value: count(disclosurePaths.length, 'path'),
      note: disclosurePaths.length === 0 ? 'none found' : `${paths} certain`,
    },
    {
      name: 'Controls',
      value: `${states.shown.length} of ${states.required}`,
      note: `${states.missing.length} missing, ${states.tooMuch.length} too much`,
    },
    {
      name: 'Approvals',
      value: open || approvalsPerDay === null ? 'not known' : approvalsPerDay === 0 ? 'none' : about(approvalsPerDay),
      note: 'a day, as declared',
    },
    {
      name: 'Open questions',
      value: String(questions.length),
      note: questions.length === 0 ? 'the tier is certain' : 'until the tier is certain',
    },
  ];
}
