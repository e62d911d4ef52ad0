import { DIRECTIONS, SEVERITIES } from '../../model/finding.ts';
import { names } from '../../report/lint/names.generated.ts';
import type { CommandSpec } from '../command.ts';
import { BASELINE_FLAGS, CONFIG_FLAGS, formatFlag, outputFlag, TRUST_FLAG } from '../options.ts';

export const spec: CommandSpec = {
  name: 'lint',
  summary: 'too little control and too much, with places, reasons and fixes; for CI',
  arguments: [
    {
      flags: '[paths...]',
      description: 'manifests, folders, or - for standard input (default: this folder)',
      completes: { files: 'manifests' },
    },
  ],
  options: [
    formatFlag(names),
    outputFlag(names),
    { flags: '--fail-on <severity>', description: 'exit 1 from this severity on', choices: [...SEVERITIES, 'never'] },
    { flags: '--max-warnings <count>', description: 'exit 1 above so many warnings' },
    { flags: '--min-severity <severity>', description: 'show no finding below this', choices: SEVERITIES },
    { flags: '--direction <direction>', description: 'only these', choices: DIRECTIONS, repeats: true },
    {
      flags: '--fix [kind]',
      description: 'mend what can be mended: safe (default), or unsafe ones too',
      choices: ['safe', 'unsafe'],
    },
    { flags: '--diff', description: 'print what --fix would change, and write nothing' },
    { flags: '--no-ignores', description: 'show what comments hold back, too' },
    ...BASELINE_FLAGS,
    { flags: '--write-baseline', description: 'write the findings of now into the baseline' },
    ...CONFIG_FLAGS,
    TRUST_FLAG,
    { flags: '--print-config', description: 'print what is in force, with where each value comes from' },
    { flags: '--list-inputs', description: 'print the files that would be looked at' },
    { flags: '--rule <id>', description: 'only these rules', completes: { words: 'rules' }, repeats: true },
  ],
  examples: [
    { line: 'stakes lint', does: 'every agent below this folder' },
    { line: 'stakes lint --direction over', does: 'what could do with less control' },
    { line: 'stakes lint --output sarif=stakes.sarif', does: 'in CI, with a report for code scanning' },
    { line: 'stakes lint --trust origin/main', does: 'what a stranger proposes, by the rules of your branch' },
    { line: 'stakes lint --fix --diff', does: 'what would be mended' },
  ],
};
