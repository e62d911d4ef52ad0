import type { Agent } from '../manifest/tree.ts';
import type { PatchOperation } from '../model/assessment.ts';
import type { Direction, Severity } from '../model/finding.ts';
import type { Subject } from './subject.ts';

/** What a rule says of one place. */
export interface Found {
  /** The agent whose manifest the pointer is in; absent: the subject's root. */
  agent?: Agent;
  /** JSON Pointer in that manifest. */
  pointer: string;
  /** Which side of a key and its value to point at; absent: the value if it is on the key's line. */
  on?: 'key' | 'value';
  /** The fact, lower-case, with names in backticks and no final full stop. */
  message: string;
  /** The action, in the same style. */
  help: string;
  /** A few words to stand under the place. */
  label?: string;
  related?: { agent?: Agent; pointer: string; message: string }[];
  /** The change that mends it; `safe` only where nothing that works today stops working. */
  fix?: { kind: 'safe' | 'unsafe'; patch: PatchOperation[] };
  /** Set where the finding alone may hold the tier up: a change to try, for the tier line. */
  instead?: PatchOperation[];
}

/** A manifest as YAML, with the pointers at which the rule must find something, in any order. */
export interface BadExample {
  manifest: string;
  finds: readonly string[];
}

/** One file, one rule: `src/rules/<id>.ts`. Its examples are its tests. */
export interface Rule {
  /** Kebab-case; the file's name. */
  id: string;
  /** Version of Stakes that brought it. */
  since: string;
  severity: Severity;
  direction: Direction;
  /** What it finds, in one line, lower-case. */
  title: string;
  /** Why that matters: who is hurt and how. One sentence or two, lower-case, no final full stop. */
  why: string;
  /** Where the rule comes from, when it is a standard: `OWASP Agentic ASI02`, `RFC 9700`. */
  sources?: readonly string[];
  examples: { bad: readonly BadExample[]; good: readonly string[] };
  /** Pure. Looks at every agent of the tree; one finding a place. */
  check(subject: Subject): Found[];
}

export function defineRule(rule: Rule): Rule {
  return rule;
}
