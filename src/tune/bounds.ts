import type { ArgumentSchema } from '../model/manifest.ts';
import type { FieldUse } from './observe/fields.ts';
import { LEAST_EACH, MARGIN, roundedDown, roundedUp } from './thresholds.ts';

/** A bound that is there already is closed in only where it is so many times what was seen. */
const FAR_RANGE = 3;
/** Whole numbers up to this are bounded as they were. */
const SMALL = 10;

type Bounds =
  | { unknown: string }
  /** `words` undefined: there is nothing to add. */
  | { schema: ArgumentSchema; words?: string };

/** What a field always was, as a schema that holds the next call to it. */
export function boundsOf(use: FieldUse, before: ArgumentSchema | undefined): Bounds {
  if (before !== undefined && (before.enum !== undefined || Object.hasOwn(before, 'const'))) return { schema: before };
  if (use.opaque > 0) return { unknown: `a digest in ${use.opaque} of ${use.seen} calls, which says nothing` };
  const kinds = [use.numbers, use.texts, use.flags, use.nulls].filter((count) => count > 0);
  if (kinds.length > 1) return { unknown: 'of several types' };
  if (use.numbers > 0) return numbers(use, before);
  if (use.texts > 0) return texts(use, before);
  return { schema: before ?? {} };
}

function numbers({ whole, numbers: count, least, most }: FieldUse, before: ArgumentSchema = {}): Bounds {
  const isWhole = whole === count && before.type !== 'number';
  if (!Number.isFinite(least) || !Number.isFinite(most) || Math.max(-least, most) > Number.MAX_SAFE_INTEGER / 2)
    return { unknown: 'too great to be bounded' };
  if (before.type !== undefined && before.type !== 'number' && before.type !== 'integer') return { schema: before };
  // Small whole numbers count or choose something: three levels are three.
  const margin = isWhole && Math.max(-least, most) <= SMALL ? 1 : MARGIN;
  const upper = edge(roundedUp(most > 0 ? most * margin : most), isWhole, Math.ceil);
  const lower = edge(roundedDown(least < 0 ? least * margin : least), isWhole, Math.floor);
  const now = Math.min(before.maximum ?? Number.POSITIVE_INFINITY, before.exclusiveMaximum ?? Number.POSITIVE_INFINITY);
  if (!(now > upper && (upper <= 0 || now >= FAR_RANGE * upper))) return { schema: before };
  const { exclusiveMaximum: _, ...rest } = before;
  const hasLower = before.minimum !== undefined || before.exclusiveMinimum !== undefined;
  return {
    schema: {
      ...rest,
      type: before.type ?? (isWhole ? 'integer' : 'number'),
      ...(hasLower ? {} : { minimum: lower }),
      maximum: upper,
    },
    words: `${hasLower ? `at most ${upper}` : `from ${lower} to ${upper}`} (it was ${least} to ${most})`,
  };
}

const edge = (value: number, isWhole: boolean, toWhole: (value: number) => number): number => {
  const found = isWhole ? toWhole(value) : value;
  return found === 0 ? 0 : found;
};

function texts({ values }: FieldUse, before: ArgumentSchema = {}): Bounds {
  if (before.pattern !== undefined || (before.type !== undefined && before.type !== 'string'))
    return { schema: before };
  if (values === null) return { unknown: 'of too many different texts to be listed' };
  const rare = [...values.values()].filter((count) => count < LEAST_EACH).length;
  if (rare > 0) return { unknown: `of texts that came less than ${LEAST_EACH} times, so that there may be others` };
  const listed = [...values.keys()].sort();
  return {
    schema: { ...before, type: 'string', enum: listed },
    words: `one of ${listed.map((value) => `\`${value}\``).join(', ')}`,
  };
}
