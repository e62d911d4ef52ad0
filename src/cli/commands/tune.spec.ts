import { TUNE_DIRECTIONS } from '../../model/tune.ts';
import { names } from '../../report/tune/names.generated.ts';
import { PERIOD_FLAGS } from '../audit-period.ts';
import type { CommandSpec } from '../command.ts';
import { CONFIG_FLAGS, formatFlag, outputFlag } from '../options.ts';

export const spec: CommandSpec = {
  name: 'tune',
  summary: 'from the records: what was never needed, what people always approve, which caps are far from use',
  arguments: [
    {
      flags: '[paths...]',
      description: 'manifests or folders (default: this folder)',
      completes: { files: 'manifests' },
    },
  ],
  options: [
    {
      flags: '--records <path>',
      description: 'a file of records, the folder of a log, or of logs (repeatable; default: all of this machine)',
      completes: { files: 'any' },
      repeats: true,
    },
    {
      flags: '--policy <file>',
      description: 'a policy that decided, besides those in .stakes/ (repeatable)',
      completes: { files: 'any' },
      repeats: true,
    },
    {
      flags: '--key <key>',
      description: 'whose signatures count: a public key or a file of some (repeatable)',
      completes: { files: 'any' },
      repeats: true,
    },
    ...PERIOD_FLAGS,
    { flags: '--min-days <n>', description: 'days that records of what is never used have to cover', default: '30' },
    { flags: '--min-approvals <n>', description: 'approvals without a denial that speak for a change', default: '200' },
    {
      flags: '--direction <direction>',
      description: 'only these (repeatable)',
      choices: TUNE_DIRECTIONS,
      repeats: true,
    },
    { flags: '--only <id>', description: 'only this proposal, by its id (repeatable)', repeats: true },
    formatFlag(names),
    outputFlag(names),
    { flags: '--check', description: 'exit 1 when there is something to propose' },
    { flags: '--diff', description: 'print what --write would change, and write nothing' },
    { flags: '--write', description: 'write the proposals into the manifests, after asking' },
    { flags: '-y, --yes', description: 'with --write: do not ask' },
    {
      flags: '--assumptions <file>',
      description: 'what you know of your costs (default: the nearest stakes.roi.yaml)',
      completes: { files: 'any' },
    },
    { flags: '--no-assumptions', description: 'the default costs of Stakes alone' },
    ...CONFIG_FLAGS,
  ],
  examples: [
    { line: 'stakes tune', does: 'every agent below this folder, with the records of this machine' },
    { line: 'stakes tune refund.agent.yaml --records log --key signing.pub', does: 'with records from elsewhere' },
    { line: 'stakes tune --write', does: 'take the proposals over, after a look at them' },
    { line: 'stakes tune --direction tighten --check', does: 'for CI: is more granted than was used?' },
  ],
  notes: [
    'Nothing is loosened that the tier requires, and nothing on the word of records that no trusted key proves.',
    'Run `stakes generate` after --write: the gate goes by the policy.',
  ],
};
