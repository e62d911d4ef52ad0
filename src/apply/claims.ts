import { isAbsolute } from 'node:path';
import type { Installed, Owned } from '../model/lock.ts';
import type { Installation } from '../targets/define.ts';

/**
 * Why a record in a lock is not believed. A lock is committed, so anybody may have written it: it may only speak of the
 * path that its installation goes to, and of keys that its rules name.
 */
export function disbelief(record: Installed, installation: Installation, to: string | undefined): string | undefined {
  if (installation.way === 'merge') {
    if (record.path !== installation.into) return `it names \`${record.path}\`, and not \`${installation.into}\``;
    const wrong = record.owns.find((item) => !isClaimable(item, installation.rules));
    return wrong && `it claims \`${wrong.pointer}\`, which is not written by this target`;
  }
  if (installation.way !== 'file') return 'nothing of this kind is ever installed';
  if (record.owns.length > 0) return 'it claims keys of a file that is installed whole';
  const own = installation.into;
  if (own !== undefined && record.path === own) return undefined;
  const known = to === undefined ? Object.values(installation.to) : [to];
  if (known.includes(record.path) && isAbsolute(record.path)) return undefined;
  return `it names \`${record.path}\`, where this target does not go by itself (\`--to\` would say so)`;
}

function isClaimable(item: Owned, rules: Readonly<Record<string, string>>): boolean {
  const rule = Object.hasOwn(rules, item.pointer) ? rules[item.pointer] : undefined;
  if ('entries' in item) return rule === 'union';
  if ('created' in item)
    return rule !== undefined || Object.keys(rules).some((key) => key.startsWith(`${item.pointer}/`));
  if (rule === 'keep-if-present') return !('before' in item);
  // What comes back is one plain value: a list could bring rights along.
  return rule === 'set' && !('before' in item && typeof item.before === 'object' && item.before !== null);
}
