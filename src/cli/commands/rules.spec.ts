import { DIRECTIONS } from '../../model/finding.ts';
import { names } from '../../report/rules/names.generated.ts';
import type { CommandSpec } from '../command.ts';
import { formatFlag } from '../options.ts';

export const spec: CommandSpec = {
  name: 'rules',
  summary: 'the rules of the lint',
  options: [
    formatFlag(names),
    { flags: '--direction <direction>', description: 'only these', choices: DIRECTIONS, repeats: true },
  ],
  examples: [
    { line: 'stakes rules', does: 'every rule' },
    { line: 'stakes rules --direction over', does: 'those that ask for less control' },
  ],
};
