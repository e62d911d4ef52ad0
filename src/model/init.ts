import type { Assessment } from './assessment.ts';
import type { Control } from './controls.ts';
import type { Problem } from './place.ts';
import type { Tier } from './tiers.ts';

export const INIT_SCHEMA = 'stakes/init@1';

/** `quick`: three questions and no file. `full`: a manifest. */
export const INIT_MODES = ['quick', 'full'] as const;
export type InitMode = (typeof INIT_MODES)[number];

/** `shown`: nothing was to be written. `declined`: a person said no. */
export const INIT_STATES = ['shown', 'written', 'same', 'declined'] as const;
export type InitState = (typeof INIT_STATES)[number];

/** Something that serves better than a permission engine, or comes first. */
export interface Recommendation {
  id: string;
  title: string;
  text: string;
}

export interface InitResult {
  agent: string;
  /** Null: of the three questions, which write none. */
  file: string | null;
  state: InitState;
  assessment: Assessment;
  /** What the tier asks for; `unlessStarted` only where no person starts it. */
  controls: { required: Control[]; unlessStarted: Control[]; excessive: Control[] };
  /** What it would take to be one tier lower; null: there is none, or `assessment` has advice of its own. */
  lower: { to: Tier; text: string } | null;
  recommended: Recommendation[];
  /** The manifest; empty for the three questions. */
  text: string;
}

/** A result as programs get it. */
export interface InitItem extends Pick<InitResult, 'agent' | 'file' | 'state' | 'lower' | 'recommended'> {
  tier: Tier;
  floor: Tier;
  ceiling: Tier;
  stage: Assessment['stage'];
  controls: InitResult['controls'] & { missing: Control[] };
  questions: number;
  manifest: string | null;
}

export interface InitReport {
  schema: typeof INIT_SCHEMA;
  mode: InitMode;
  /** By question, as they are given on a command line. */
  answers: Record<string, string>;
  /** Flags that lead to the same again. */
  repeat: string;
  result: InitResult | null;
  errors: Problem[];
}

/** A question as it is shown, with what is known so far. */
export interface QuestionView {
  id: string;
  kind: 'choice' | 'names' | 'list' | 'text' | 'number';
  /** From 1. */
  number: number;
  text: string;
  why: string;
  more: string;
  options: readonly { value: string; label: string }[];
  /** What Enter means. */
  otherwise: string;
  /** Null: nothing is known yet that a tier could be read from. */
  interval: { floor: Tier; ceiling: Tier } | null;
  /** What the last answer makes advisable, told before the question. */
  news: readonly Recommendation[];
}

/** What a person has done so far about a question. */
export interface QuestionScreen {
  /** Row of the cursor; -1: there is none, and rows are numbered. */
  cursor: number;
  marked: ReadonlySet<string>;
  /** Undefined: nothing is to be typed. */
  typed: string | undefined;
  /** Asked for more. */
  more: boolean;
  complaint: string | undefined;
}
