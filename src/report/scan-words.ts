import type { PinChange, ScannedTool, TierSpan } from '../model/scan-report.ts';

/** What a tool does, in a word or two. */
export function deedOf({ effect, reversible }: Pick<ScannedTool, 'effect' | 'reversible'>): string {
  if (effect !== 'write') return effect;
  return reversible === true ? 'write' : reversible === false ? 'write, final' : 'write, final?';
}

/** What makes it more than its effect, and why it is taken for that; the strongest reasons only. */
export function whyOf(tool: ScannedTool): string {
  const marks = [
    ...(tool.arbitrary === true ? ['runs what it is given'] : []),
    ...(tool.egress === 'open' ? ['sends anywhere'] : []),
    ...(tool.sensitive === true ? ['private data'] : []),
  ];
  const about = tool.effect === 'write' && tool.reversible !== true ? ['effect', 'reversible'] : ['effect'];
  const reasons = tool.because.filter(({ fact }) => about.includes(fact)).map(({ why }) => why);
  return [...marks, ...new Set(reasons)].join('; ');
}

export function pinWord(pin: ScannedTool['pin']): string {
  return pin ?? 'not pinned';
}

/** What the tier of an agent with this tool was and is; empty where there is no tool any more. */
export function tierWords({ from, to }: PinChange['tier']): string[] {
  if (to === null) return [];
  const where = "beside private data and strangers' text, unasked, the tier is";
  if (from === null || spanOf(from) === spanOf(to)) return [`${where} ${spanOf(to)}`];
  return [`${where} ${spanOf(to)}; as it was pinned, ${spanOf(from)}`];
}

export function spanOf({ floor, ceiling }: TierSpan): string {
  return floor === ceiling ? ceiling : `${floor} … ${ceiling}`;
}
