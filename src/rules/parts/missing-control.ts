import type { Agent } from '../../manifest/tree.ts';
import type { Control } from '../../model/controls.ts';
import { pointerOf } from '../../source/pointer.ts';
import { defineRule, type Found, type Rule } from '../define.ts';
import type { Subject } from '../subject.ts';
import { addField } from './add-field.ts';

interface MissingControl extends Pick<Rule, 'severity' | 'why' | 'sources' | 'examples'> {
  control: Control;
  /** With its article, for people: `a rate limit`. */
  noun: string;
  /** Where the field would stand. It is the same whatever else is there, so that the finding keeps its fingerprint. */
  field: readonly [string, string];
  help: string;
  /** A value to begin with, where a number is all it takes. */
  start?: number;
  related?(subject: Subject): NonNullable<Found['related']>;
}

/** A rule for a control that is required and that nothing shows. */
export function missingControl({ control, noun, field, help, start, related, ...rule }: MissingControl): Rule {
  return defineRule({
    ...rule,
    id: `missing-${control}`,
    since: '0.2.0',
    direction: 'under',
    title: `the tier or the setting calls for ${noun}, and nothing shows one`,
    check: (subject) => {
      const missing = subject.controls.missing.find(({ id }) => id === control);
      if (!missing) return [];
      return [
        {
          pointer: pointerOf(...field),
          message: absence(subject.root, noun, missing.because),
          help,
          ...(start === undefined ? {} : { fix: { kind: 'unsafe', patch: addField(subject.root, field, start) } }),
          ...(related ? { related: related(subject) } : {}),
        },
      ];
    },
  });
}

export function absence({ id }: Agent, noun: string, because: string): string {
  const without = noun.replace(/^an? /, '');
  const [first = '', ...rest] = because.split(': ');
  const detail = rest.length > 0 ? ` (${rest.join(': ')})` : '';
  if (first.startsWith('tier ')) return `\`${id}\` shows no ${without}, and ${first} requires one${detail}`;
  if (first === 'inside the staging boundary')
    return `\`${id}\` shows no ${without}, which staging requires too${detail}`;
  return `\`${id}\` shows no ${without}, and needs one because ${because}`;
}
