import { names } from '../../report/roi/names.generated.ts';
import type { CommandSpec } from '../command.ts';
import { CONFIG_FLAGS, formatFlag } from '../options.ts';

export const spec: CommandSpec = {
  name: 'roi',
  summary: 'what each tier and each cheaper alternative saves and costs a year, with ranges',
  arguments: [
    {
      flags: '[paths...]',
      description: 'manifests, folders, or - for standard input (default: this folder)',
      completes: { files: 'manifests' },
    },
  ],
  options: [
    formatFlag(names),
    {
      flags: '--assumptions <file>',
      description: 'what you know of your costs (default: the nearest stakes.roi.yaml)',
      completes: { files: 'any' },
    },
    { flags: '--no-assumptions', description: 'the defaults of Stakes alone' },
    { flags: '--init', description: 'write a stakes.roi.yaml with the inputs that matter most' },
    { flags: '-y, --yes', description: 'with --init: write over a file that is there' },
    { flags: '--draws <number>', description: 'simulated futures, 100 to 100000', default: '10000' },
    { flags: '--seed <number>', description: 'another seed draws other futures', default: '1' },
    ...CONFIG_FLAGS,
  ],
  examples: [
    { line: 'stakes roi', does: 'every agent below this folder' },
    { line: 'stakes roi refund.agent.yaml', does: 'one agent' },
    { line: 'stakes roi --init', does: 'a file to put your own figures in' },
    { line: 'stakes roi -f html > roi.html', does: 'a page for whoever decides and pays, with sliders' },
    { line: 'stakes roi -f json | jq', does: 'for programs' },
  ],
};
