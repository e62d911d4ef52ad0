import type { Agent } from '../manifest/tree.ts';
import type { Reading } from './reading.ts';

/** The answer that leaves a fact open: it then counts at its worst. */
export const UNKNOWN = 'unknown';

/** Answers by the id of their question, all as they are written on a command line. */
export type Answers = ReadonlyMap<string, string>;

export interface Option {
  value: string;
  label: string;
}

/** An agent while it is being asked about. */
export interface Standing {
  /** With its tools named, before anything was said of them. */
  base: Agent;
  /** With every answer so far. */
  now: Agent;
  reading: Reading;
  /** Agents that files here describe already. */
  found: readonly Candidate[];
}

/** An agent to start from. */
export interface Candidate {
  id: string;
  agent: Agent;
  /** The files that tell of it. */
  sources: readonly string[];
}

/**
 * One question of the questionnaire, with all that is known of it: how it is asked, what can be answered, and what an answer
 * does to the manifest. Adding one is adding an entry to a list of these.
 */
export interface Question {
  /** Also the name of its flag. */
  id: string;
  /** `choice`: one of the options. `names`: some of the options, `all` or `none`. `list`: words with commas. */
  kind: 'choice' | 'names' | 'list' | 'text' | 'number';
  /** At most 80 columns. */
  text: string;
  /** Why it is asked, in one line. */
  why: string;
  /** The same where more is known of this agent; undefined: no more is. */
  whyHere?(standing: Standing): string | undefined;
  /** For who asks for more. */
  more: string;
  /** Must be answered before the others make sense, and cannot stay open. */
  needed?: true;
  /** What can be chosen from; of `names`, those that are still open. */
  options?(standing: Standing): Option[];
  /** What a bare Enter means: the answer that keeps more control. */
  otherwise(standing: Standing): string;
  applies(standing: Standing): boolean;
  /** Answers to try out, from the one that lowers the tier most to the one that raises it most. */
  tries(standing: Standing): string[];
  /** To be asked although no single answer changes the tier by itself. */
  always?(standing: Standing): boolean;
  /** What is wrong with an answer, in words; `UNKNOWN` never gets here unless it is needed. */
  fault?(answer: string, standing: Pick<Standing, 'base' | 'found'>): string | undefined;
  /** The agent once it is answered. Must not depend on the order of the answers. */
  edit(agent: Agent, answer: string, base: Agent): Agent;
}

/** Words of a list as a person types them. */
export function namesIn(answer: string): string[] {
  return [...new Set(answer.split(/[,\s]+/).filter((name) => name !== ''))];
}
