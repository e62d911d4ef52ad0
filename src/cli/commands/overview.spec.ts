import type { CommandSpec } from '../command.ts';
import { CONFIG_FLAGS } from '../options.ts';

export const spec: CommandSpec = {
  name: 'overview',
  summary: 'what is here: every agent with its tier and the worst thing about it (also: just `stakes`)',
  arguments: [
    {
      flags: '[paths...]',
      description: 'manifests or folders (default: this folder)',
      completes: { files: 'manifests' },
    },
  ],
  options: [...CONFIG_FLAGS],
  examples: [{ line: 'stakes', does: 'the agents below this folder' }],
};
