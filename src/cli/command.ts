import type { ExitCode } from './exit.ts';
import type { Io } from './io.ts';

export interface OptionSpec {
  /** As commander writes it: `-f, --format <name>`. */
  flags: string;
  description: string;
  choices?: readonly string[];
  default?: string;
  /** May be given several times; the values come as a list. */
  repeats?: boolean;
}

/** What a command is called and takes. Specs are loaded by every run, so they import nothing heavy. */
export interface CommandSpec {
  name: string;
  summary: string;
  /** As commander writes it: `[paths...]`. */
  arguments?: { flags: string; description: string }[];
  options: OptionSpec[];
  /** Lines shown under the help, each with what it does. */
  examples: { line: string; does: string }[];
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
