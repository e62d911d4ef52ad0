import type { Assessment, HighStakesTool } from '../model/assessment.ts';
import { toolWords } from './assessment-words.ts';
import { shown } from './shown.ts';
import { soundsOpen } from './words.ts';

/** How a high-stakes tool is held, from the worst to the best. */
export const HOLDS = ['unattended', 'unknown', 'bounded', 'asks', 'denied'] as const;
export type Hold = (typeof HOLDS)[number];

export const HOLD_DOCS: Record<Hold, { label: string; held: boolean }> = {
  unattended: { label: 'unattended', held: false },
  unknown: { label: 'not known', held: false },
  bounded: { label: 'bounded', held: true },
  asks: { label: 'asks', held: true },
  denied: { label: 'denied', held: true },
};

/** High-stakes tools that are held in the same way for the same reasons. */
export interface HeldTools {
  hold: Hold;
  tools: string[];
  certain: boolean;
  why: string;
}

export function heldTools({ agent, highStakes }: Pick<Assessment, 'agent' | 'highStakes'>): HeldTools[] {
  const groups = new Map<string, HeldTools>();
  for (const tool of highStakes) {
    const hold = holdOf(tool);
    const why = whyOf(tool);
    const key = JSON.stringify([hold, why]);
    const group = groups.get(key) ?? { hold, tools: [], certain: tool.certain, why };
    group.tools.push(toolWords(tool, agent));
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => HOLDS.indexOf(a.hold) - HOLDS.indexOf(b.hold));
}

export function holdOf({ access, bounded }: Pick<HighStakesTool, 'access' | 'bounded'>): Hold {
  if (access === 'deny') return 'denied';
  if (access === 'ask') return 'asks';
  if (bounded) return 'bounded';
  return access === 'allow' ? 'unattended' : 'unknown';
}

function whyOf({ because, certain }: HighStakesTool): string {
  const reasons = because.map((reason) => shown(reason).replace(/^(is the|has) /, '')).join(', ');
  // Nobody has said so: the tool is high-stakes only where one of these turns out to be true.
  return certain || soundsOpen(reasons) ? reasons : `${reasons} (if so)`;
}
