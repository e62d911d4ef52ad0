import { TIERS } from '../../model/tiers.ts';
import { names } from '../../report/assess/names.generated.ts';
import type { CommandSpec } from '../command.ts';
import { CONFIG_FLAGS, formatFlag } from '../options.ts';

export const spec: CommandSpec = {
  name: 'assess',
  summary: 'walk the tree: the control tier, why, which controls it calls for, and how to need less',
  arguments: [
    {
      flags: '[paths...]',
      description: 'manifests, folders, or - for standard input (default: this folder)',
      completes: { files: 'manifests' },
    },
  ],
  options: [
    formatFlag(names),
    { flags: '--max-tier <tier>', description: 'exit 1 when an agent is above this tier', choices: TIERS },
    ...CONFIG_FLAGS,
  ],
  examples: [
    { line: 'stakes assess', does: 'every agent below this folder' },
    { line: 'stakes assess refund.agent.yaml', does: 'one agent' },
    { line: 'stakes assess --max-tier medium', does: 'fail when an agent needs more than medium' },
    { line: 'stakes assess -f html > all.html', does: 'a page to read and print' },
    { line: 'stakes assess -f json | jq', does: 'for programs' },
  ],
};
