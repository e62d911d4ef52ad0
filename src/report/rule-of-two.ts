import type { Assessment } from '../model/assessment.ts';
import { listed, type Words } from './words.ts';

const PARTS = { untrusted: "reads strangers' text", sensitive: 'reaches sensitive data', acts: 'acts' } as const;
const KEYS = ['untrusted', 'sensitive', 'acts'] as const;

/** How many of the three an agent combines; more than two need a person or a control between them. */
export function ruleOfTwo({ ruleOfTwo: reading }: Pick<Assessment, 'ruleOfTwo'>): Words {
  const yes = KEYS.filter((part) => reading[part] === true).map((part) => PARTS[part]);
  const open = KEYS.filter((part) => reading[part] === 'unknown').map((part) => PARTS[part]);
  const known = yes.length > 0 ? listed(yes) : 'none of the three';
  const doubt = open.length > 0 ? `; not known whether it ${listed(open, 'or')}` : '';
  if (yes.length === 3) return [{ text: 'broken', style: 'warn' }, `: ${known}`];
  if (yes.length + open.length === 3) return [{ text: 'may be broken', style: 'warn' }, `: ${known}${doubt}`];
  return [`kept: ${known}${doubt}`];
}
