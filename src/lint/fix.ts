import type { Finding } from '../model/finding.ts';
import { overlap, type Touch } from './fix/apart.ts';
import { complaintOf, type Linted } from './fix/check.ts';
import { partsOf, type Texts, touchesOf, written } from './fix/write.ts';

export const MOST_ROUNDS = 10;

export interface Fixed {
  /** Every text, changed or not. */
  texts: Texts;
  /** How the texts look now. */
  linted: Linted;
  fixed: Finding[];
  /** Fixes that were not kept, and why. */
  dropped: { finding: Finding; reason: string }[];
  /** Fixable findings are left because the rounds ran out. */
  unfinished: boolean;
}

/** `unsafe` takes the safe fixes too. `lint` looks at all the texts; it is asked before and after each round. */
export function fix(texts: Texts, kind: 'safe' | 'unsafe', lint: (texts: Texts) => Linted): Fixed {
  const state: Fixed = { texts, linted: lint(texts), fixed: [], dropped: [], unfinished: false };
  const tried = new Set<string>();
  const fixable = () =>
    state.linted.findings.filter(
      (finding) =>
        (finding.fix === 'safe' || (kind === 'unsafe' && finding.fix === 'unsafe')) &&
        finding.patch.length > 0 &&
        !tried.has(finding.fingerprint),
    );
  for (let round = 0; round < MOST_ROUNDS && fixable().length > 0; round++) {
    const drop = (finding: Finding, reason: string) => {
      tried.add(finding.fingerprint);
      state.dropped.push({ finding, reason });
    };
    const batch = batchOf(state, fixable(), drop);
    if (keep(state, batch.fixes, batch.texts, lint) === undefined) continue;
    // One of them is to blame, and the others need not suffer for it.
    for (const finding of batch.fixes) {
      const alone = writtenAlone(state, finding);
      const reason = typeof alone === 'string' ? alone : keep(state, [finding], alone, lint);
      if (reason !== undefined) drop(finding, reason);
    }
  }
  return { ...state, unfinished: fixable().length > 0 };
}

/** Fixes that do not get in each other's way, written one after the other. */
function batchOf(state: Fixed, fixable: readonly Finding[], drop: (finding: Finding, reason: string) => void) {
  const fixes: Finding[] = [];
  const touched: Touch[] = [];
  let { texts } = state;
  for (const finding of fixable) {
    const parts = partsOf(finding, state.linted.agents);
    if (typeof parts === 'string') {
      drop(finding, parts);
      continue;
    }
    const touches = touchesOf(parts);
    if (overlap(touches, touched)) continue;
    const next = written(texts, parts);
    if (typeof next === 'string') {
      drop(finding, next);
      continue;
    }
    texts = next;
    fixes.push(finding);
    touched.push(...touches);
  }
  return { fixes, texts };
}

function writtenAlone(state: Fixed, finding: Finding): Texts | string {
  const parts = partsOf(finding, state.linted.agents);
  return typeof parts === 'string' ? parts : written(state.texts, parts);
}

/** Takes the new texts over if they hold what they promise; else says why not. */
function keep(
  state: Fixed,
  fixes: readonly Finding[],
  texts: Texts,
  lint: (texts: Texts) => Linted,
): string | undefined {
  if (fixes.length === 0) return undefined;
  const linted = lint(texts);
  const complaint = complaintOf(state.linted, linted, fixes);
  if (complaint !== undefined) return complaint;
  state.texts = texts;
  state.linted = linted;
  state.fixed.push(...fixes);
  return undefined;
}
