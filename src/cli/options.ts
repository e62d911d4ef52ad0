import type { OptionSpec } from './command.ts';

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
