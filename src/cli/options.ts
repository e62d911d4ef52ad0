import type { Flags } from '../report/command-line.ts';
import type { Invocation, OptionSpec } from './command.ts';

export const COLOR_FLAG: OptionSpec = {
  flags: '--color <when>',
  description: 'colour on stdout; NO_COLOR is obeyed',
  choices: ['auto', 'always', 'never'],
  default: 'auto',
};

export function formatFlag(names: readonly string[]): OptionSpec {
  return {
    flags: '-f, --format <name>',
    description: 'how to print the result',
    choices: names,
    default: 'human',
  };
}

export function outputFlag(names: readonly string[]): OptionSpec {
  return {
    flags: '--output <format=file>',
    description: 'also write this format to a file',
    completes: { words: names, joined: '=' },
    repeats: true,
  };
}

/** Of every command that shows findings. */
export const BASELINE_FLAGS: OptionSpec[] = [
  {
    flags: '--baseline <file>',
    description: 'findings to live with (default: the nearest stakes.baseline.json)',
    completes: { files: 'any' },
  },
  { flags: '--no-baseline', description: 'leave the baseline out' },
];

/** Of every command that loads manifests. */
export const CONFIG_FLAGS: OptionSpec[] = [
  {
    flags: '--config <file>',
    description: 'the configuration (default: the nearest stakes.config.yaml)',
    completes: { files: 'any' },
  },
  { flags: '--no-config', description: 'leave the configuration out' },
];

/** For what others may have changed. */
export const TRUST_FLAG: OptionSpec = {
  flags: '--trust <revision>',
  description: 'take configuration, baseline, reviews and ignores from this git revision',
};

/** The same flags again, for a command line that goes on from this one. */
export function configFlags({ config }: Invocation['options']): Flags {
  return config === false ? { 'no-config': true } : typeof config === 'string' ? { config } : {};
}

/** Some of the options as they were given, for a command line that goes on from this one. */
export function givenOf(options: Invocation['options'], names: readonly string[]): Flags {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = options[name];
      return typeof value === 'string' || typeof value === 'boolean' ? [[name, value]] : [];
    }),
  );
}

export function textOf(option: Invocation['options'][string]): string | undefined {
  return typeof option === 'string' ? option : undefined;
}

export function listOf(option: Invocation['options'][string]): string[] {
  return Array.isArray(option) ? option : [];
}
