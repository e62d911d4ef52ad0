import { CONTROL_TABLE } from '../../assess/controls.ts';
import type { Agent } from '../../manifest/tree.ts';
import type { Control } from '../../model/controls.ts';
import { TIERS, type Tier } from '../../model/tiers.ts';
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
          ...absence(subject, subject.root, { control, noun, help, because: missing.because }),
          ...(start === undefined ? {} : { fix: { kind: 'unsafe', patch: addField(subject.root, field, start) } }),
          ...(related ? { related: related(subject) } : {}),
        },
      ];
    },
  });
}

/** What is missing and why it is required; where only the worst case requires it, answers may do as well as the control. */
export function absence(
  { best, tier, staging }: Subject,
  { id }: Agent,
  { control, noun, help, because }: Pick<MissingControl, 'control' | 'noun' | 'help'> & { because: string },
): { message: string; help: string } {
  const without = `\`${id}\` shows no ${noun.replace(/^an? /, '')}`;
  const [first = '', ...rest] = because.split(': ');
  const detail = rest.length > 0 ? ` (${rest.join(': ')})` : '';
  if (staging && first === 'inside the staging boundary')
    return { message: `${without}, which staging requires too${detail}`, help };
  if (first !== `tier ${tier}`) return { message: `${without}, and needs one because ${because}`, help };
  if (requiredAt(control, best.tier)) return { message: `${without}, and ${first} requires one${detail}`, help };
  return {
    message: `${without}, and ${first}, which counts while facts are open, requires one${detail}`,
    help: `${help}; or answer what \`stakes assess\` asks`,
  };
}

function requiredAt(control: Control, tier: Tier): boolean {
  return control !== 'staging-boundary' && CONTROL_TABLE[control][TIERS.indexOf(tier)] === 'required';
}
