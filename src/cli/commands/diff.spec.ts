import { names } from '../../report/diff/names.generated.ts';
import type { CommandSpec } from '../command.ts';
import { BASELINE_FLAGS, CONFIG_FLAGS, formatFlag, outputFlag, TRUST_FLAG } from '../options.ts';

export const FAIL_ON = ['tier-up', 'new-under', 'loosened'] as const;

export const spec: CommandSpec = {
  name: 'diff',
  summary: 'what a change does to each agent: tier, tools, findings, ignores; for pull requests',
  arguments: [
    {
      flags: '<base>',
      description: 'a git revision (main, HEAD~1, main... for where a branch left it), a file or a folder',
      completes: { files: 'manifests' },
    },
    {
      flags: '[head]',
      description: 'the same (default: the files as they are now)',
      completes: { files: 'manifests' },
    },
  ],
  options: [
    formatFlag(names),
    outputFlag(names),
    {
      flags: '--fail-on <what>',
      description: 'exit 1 when a tier rises, too little control is new, or less is shown',
      choices: FAIL_ON,
      repeats: true,
    },
    TRUST_FLAG,
    ...BASELINE_FLAGS,
    ...CONFIG_FLAGS,
  ],
  examples: [
    { line: 'stakes diff main', does: 'what is not in main yet' },
    { line: 'stakes diff main... HEAD -f markdown', does: 'the comment for a pull request' },
    { line: 'stakes diff HEAD^1 HEAD --trust HEAD^1', does: 'what a stranger proposes, by your own rules' },
    { line: 'stakes diff old/ new/', does: 'two folders' },
  ],
};
