import { MOST_VALUES } from '../thresholds.ts';

type Scalar = string | number | boolean | null;

/** What one argument field was, in the calls that it was recorded of. */
export interface FieldUse {
  /** Calls in which it is on record, in whatever form. */
  seen: number;
  /** Of them those that are a digest: too long, no scalar, or what looks like a secret. They say nothing. */
  opaque: number;
  numbers: number;
  /** Of the numbers those that are whole. */
  whole: number;
  least: number;
  most: number;
  texts: number;
  flags: number;
  nulls: number;
  /** How often each text came; null: there are too many different ones. */
  values: Map<string, number> | null;
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** The shapes of fields that are looked at for one tool; a policy names at most as many. */
const MOST_FIELDS = 50;

export const noFieldUse = (): FieldUse => ({
  seen: 0,
  opaque: 0,
  numbers: 0,
  whole: 0,
  least: Number.POSITIVE_INFINITY,
  most: Number.NEGATIVE_INFINITY,
  texts: 0,
  flags: 0,
  nulls: 0,
  values: new Map(),
});

export function addFields(uses: Map<string, FieldUse>, fields: Readonly<Record<string, Scalar>>): void {
  for (const pointer in fields) {
    if (!Object.hasOwn(fields, pointer)) continue;
    let use = uses.get(pointer);
    if (use === undefined) {
      if (uses.size >= MOST_FIELDS) continue;
      use = noFieldUse();
      uses.set(pointer, use);
    }
    addValue(use, fields[pointer] ?? null);
  }
}

function addValue(use: FieldUse, value: Scalar): void {
  use.seen++;
  if (typeof value === 'number') {
    use.numbers++;
    if (Number.isSafeInteger(value)) use.whole++;
    if (value < use.least) use.least = value;
    if (value > use.most) use.most = value;
  } else if (typeof value === 'boolean') use.flags++;
  else if (value === null) use.nulls++;
  else if (DIGEST.test(value)) use.opaque++;
  else {
    use.texts++;
    countValue(use, value, 1);
  }
}

function countValue(use: FieldUse, value: string, times: number): void {
  if (use.values === null) return;
  const known = use.values.get(value);
  if (known === undefined && use.values.size >= MOST_VALUES) use.values = null;
  else use.values.set(value, (known ?? 0) + times);
}

/** As if the calls of both had been of one policy. */
export function mergeField(into: FieldUse, { values, least, most, ...counts }: FieldUse): void {
  for (const [name, count] of Object.entries(counts)) into[name as keyof typeof counts] += count;
  into.least = Math.min(into.least, least);
  into.most = Math.max(into.most, most);
  if (values === null) into.values = null;
  else for (const [value, times] of values) countValue(into, value, times);
}
