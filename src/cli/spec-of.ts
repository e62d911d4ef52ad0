import type { CommandSpec } from './command.ts';
import { commands } from './commands.generated.ts';

/** Of the command that a line of words begins with. */
export function specOf([first, second]: readonly (string | undefined)[]): CommandSpec | undefined {
  return commands.find(({ spec }) => spec.name === first || spec.name === `${first} ${second}`)?.spec;
}
