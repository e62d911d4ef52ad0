import type { RoiResult } from '../../../model/roi.ts';
import { about } from '../../words.ts';
import { chance, money, moneyRange, monthWords } from './amounts.ts';
import { assigned } from './sheets.ts';

/** The few numbers to begin with, of what the tree assigns. */
export const Figures = ({ result }: { result: RoiResult }) => (
  <dl class="figures">
    {figuresOf(result).map(({ name, value, note }) => (
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

function figuresOf(result: RoiResult) {
  const { title, net, added, paysBackInYear, breakEvenMonth, approvalsPerDay, catchRate } = assigned(result);
  const { incidents, eventsBy } = result.baseline;
  const events = Object.values(eventsBy).reduce((sum, each) => sum + each, 0);
  const asked = approvalsPerDay.mean;
  return [
    { name: `Net of ${title}`, value: `${money(net.mean)} a year`, note: `${moneyRange(net)} in 8 of 10 futures` },
    {
      name: 'Paid back within a year',
      value: `${chance(paysBackInYear)} likely`,
      note: `on average ${monthWords(breakEvenMonth)}`,
    },
    { name: 'Costs', value: `${money(added.mean)} a year`, note: `${moneyRange(added)}, building included` },
    {
      name: 'Approvals',
      value: asked === 0 ? 'none' : `${about(asked)} a day`,
      note: asked === 0 ? 'nobody is asked' : `${chance(catchRate.mean)} of bad calls stopped`,
    },
    {
      name: 'With no control',
      value: `${money(incidents.mean)} a year`,
      note: `lost to incidents; ${moneyRange(incidents)}`,
    },
    { name: 'Incidents', value: `${about(events)} a year`, note: `expected with no control` },
  ];
}
