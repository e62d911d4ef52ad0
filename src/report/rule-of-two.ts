import type { Assessment } from '../model/assessment.ts';
import { listed, type Words } from './words.ts';

const PARTS = { untrusted: "reads strangers' text", sensitive: 'reaches sensitive data', acts: 'acts' } as const;

/** How many of the three an agent combines; more than two need a person or a control between them. */
export function ruleOfTwo({ ruleOfTwo: reading }: Pick<Assessment, 'ruleOfTwo'>): Words {
  const parts = ['untrusted', 'sensitive', 'acts'] as const;
  const yes = parts.filter((part) => reading[part] === true).map((part) => PARTS[part]);
  const open = parts.filter((part) => reading[part] === 'unknown').map((part) => PARTS[part]);
  const held = yes.length === 0 ? 'none known' : listed(yes);
  const unknown = open.length > 0 ? `; not known: ${open.join(', ')}` : '';
  if (yes.length === 3) return [{ text: 'broken', style: 'warn' }, `: it ${held}, all three at once`];
  if (yes.length + open.length === 3) return [{ text: 'not known to hold', style: 'warn' }, `: ${yes.length > 0 ? `it ${held}` : held}${unknown}`];
  return [`kept: ${yes.length > 0 ? `it ${held}` : 'none of the three is known'}${unknown}`];
}
