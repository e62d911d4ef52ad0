import type { ExitCode } from './exit.ts';
import type { Io } from './io.ts';

/** What a value can be where `choices` do not say it; completions are made from it. */
export interface Completes {
  /** Words, or what they are the names of. */
  words?: readonly string[] | 'engines' | 'ids' | 'provable' | 'rules' | 'targets' | 'ways';
  /** What lies on the disk. */
  files?: 'any' | 'folders' | 'manifests';
  /** `,`: several words, one after the other. `=`: a word and a path. */
  joined?: ',' | '=';
}

export interface ArgumentSpec {
  /** As commander writes it: `[paths...]`. */
  flags: string;
  description: string;
  choices?: readonly string[];
  completes?: Completes;
}

export interface OptionSpec {
  /** As commander writes it: `-f, --format <name>`. */
  flags: string;
  description: string;
  choices?: readonly string[];
  completes?: Completes;
  default?: string;
  /** May be given several times; the values come as a list. */
  repeats?: boolean;
}

/** What a command is called and takes. Specs are loaded by every run, so they import nothing heavy. */
export interface CommandSpec {
  /** One word, or two where the first is a group's: `audit verify`. */
  name: string;
  summary: string;
  arguments?: ArgumentSpec[];
  options: OptionSpec[];
  /** Lines shown under the help, each with what it does. */
  examples: { line: string; does: string }[];
  /** Lines under those. */
  notes?: readonly string[];
}

/** Commands that share their first word. */
export interface Group {
  name: string;
  summary: string;
}

/** Option values by their camelCase name; arguments in the order of the spec. */
export interface Invocation {
  arguments: string[];
  options: Record<string, string | boolean | string[] | undefined>;
}

export type Run = (invocation: Invocation, io: Io) => Promise<ExitCode>;

export interface Command {
  spec: CommandSpec;
  load: () => Promise<{ run: Run }>;
}
