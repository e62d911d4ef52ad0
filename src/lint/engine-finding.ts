import { createHash } from 'node:crypto';
import type { Finding, Related } from '../model/finding.ts';
import type { Place } from '../model/place.ts';
import { ENGINE_RULES, type EngineRule } from './meta.ts';

/** What the engine says of one place. */
export interface Said {
  rule: EngineRule;
  message: string;
  help: string;
  file: string;
  document?: number;
  agent?: string;
  pointer?: string;
  place?: Place;
  related?: Related[];
  /** Tells apart what would else be the same fault in the same place. */
  about?: string;
}

/** A finding that no rule file makes. */
export function engineFinding({
  rule,
  message,
  help,
  file,
  document = 0,
  agent = '',
  pointer = '',
  place,
  related = [],
  about = '',
}: Said): Finding {
  const meta = ENGINE_RULES.find(({ id }) => id === rule);
  if (!meta) throw new Error(`the engine has no rule ${rule}`);
  const { severity, direction, why } = meta;
  return {
    rule,
    severity,
    direction,
    message,
    why,
    help,
    label: '',
    file,
    document,
    agent,
    pointer,
    ...(place ? { place } : {}),
    related,
    tierEffect: null,
    fix: 'none',
    patch: [],
    fingerprint: createHash('sha256')
      .update(JSON.stringify([rule, file, document, pointer, about]))
      .digest('hex')
      .slice(0, 32),
  };
}
