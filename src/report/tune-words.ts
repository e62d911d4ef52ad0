import type { TuneAgent, TuneHeld, TuneProposal, TuneReport } from '../model/tune.ts';
import { count } from './words.ts';

/** `proven` and the like, with what follows from it. */
export const TRUST_WORDS: Record<TuneAgent['trust'], string> = {
  proven: 'proven',
  unproven: 'not verified by a key that you trust, so nothing is loosened because of them',
  broken: 'not as they were written, so nothing is proposed because of them',
};

export function recordWords({ calls, days, first, last, trust, shadow }: TuneAgent): string {
  if (calls === 0) return 'no call of it in this time';
  const span = first === null || last === null ? '' : `, ${first.slice(0, 10)} to ${last.slice(0, 10)}`;
  const mode = shadow === 0 ? '' : shadow === calls ? ', all in shadow mode' : `, ${shadow} in shadow mode`;
  return `${count(calls, 'call')} on ${count(days, 'day')}${span}${mode}; ${TRUST_WORDS[trust]}`;
}

/** What was left out of the counting. */
export function leftOutWords({ unknownPolicy, later }: TuneAgent): string[] {
  return [
    ...(unknownPolicy > 0
      ? [
          `${count(unknownPolicy, 'call')} decided by policies that are not here: they count as use, and for nothing else (\`--policy\`)`,
        ]
      : []),
    ...(later > 0 ? [`${count(later, 'call')} with a time after the end of the period`] : []),
  ];
}

export function effectWords({ tier, approvalsPerDay, net }: TuneProposal): string {
  const { from, to } = tier;
  return [
    from === to ? `the tier stays ${from}` : `tier ${from} → ${to}`,
    ...(approvalsPerDay === 0 ? [] : [approvalWords(approvalsPerDay)]),
    ...(net === undefined ? [] : worthWords(net)),
  ].join(', ');
}

/** By the cost model of `stakes roi`; nothing where it sees no difference. */
function worthWords({ p10, p50, p90 }: NonNullable<TuneProposal['net']>): string[] {
  if (p10 === 0 && p90 === 0) return [];
  const middle = `${p50 < 0 ? 'costs' : 'saves'} about ${usd(Math.abs(p50))} US dollars a year`;
  return [`${middle} (${usd(p10)} to ${usd(p90)})`];
}

/** Two digits are more than the assumptions bear. */
const usd = (amount: number): string => String(Number(amount.toPrecision(2)));

function approvalWords(perDay: number): string {
  const figure = Math.round(Math.abs(perDay) * 10) / 10;
  return `${figure} ${perDay < 0 ? 'fewer' : 'more'} approval${figure === 1 ? '' : 's'} a day`;
}

export function togetherWords({ proposals, tiers }: TuneReport): string {
  const moved = tiers.filter(({ from, to }) => from !== to);
  const total = proposals.reduce((sum, { approvalsPerDay }) => sum + approvalsPerDay, 0);
  const words =
    moved.length === 0
      ? ['no tier changes']
      : moved.map(({ agent, from, to }) => `\`${agent}\` goes from ${from} to ${to}`);
  return [...words, ...(total === 0 ? [] : [approvalWords(total)])].join(', ');
}

/** The same reason is told once, with all that it keeps. */
export function heldByReason(held: readonly TuneHeld[]): { reason: string; items: TuneHeld[] }[] {
  const groups = new Map<string, TuneHeld[]>();
  for (const item of held) groups.set(item.reason, [...(groups.get(item.reason) ?? []), item]);
  return [...groups].map(([reason, items]) => ({ reason, items }));
}

export const strangerWords = ({ agent, tool, calls, refused }: TuneReport['strangers'][number]): string =>
  `${tool === null ? `\`${agent}\`, which is no agent of these manifests` : `\`${tool}\` of \`${agent}\`, which its manifest does not have`}: ${count(calls, 'call')}, ${refused} refused`;
