import type { Clues } from '../clues.ts';
import type { Deed } from '../signals/deed.ts';
import { approval, money } from './change/money.ts';
import { once } from './change/once.ts';
import { launch, operations } from './change/operations.ts';
import { overwritten } from './change/overwritten.ts';
import { shown } from './change/people.ts';
import { guard, right, secret } from './change/rights.ts';

const RULES = [money, once, approval, secret, right, guard, launch, operations, shown, overwritten];

/** Why a change of this thing is final although its verb alone is not. */
export function whyFinal(deed: Deed, objects: readonly string[], clues: Clues): string | undefined {
  const change = { verb: deed.verb, objects, clues };
  for (const rule of RULES) {
    const why = rule(change);
    if (why !== undefined) return why;
  }
  return undefined;
}
