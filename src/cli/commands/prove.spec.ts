import { names } from '../../report/prove/names.generated.ts';
import type { CommandSpec } from '../command.ts';
import { CONFIG_FLAGS, formatFlag } from '../options.ts';

export const spec: CommandSpec = {
  name: 'prove',
  summary: 'run your own engines on the generated files: what must run runs, what must not does not',
  arguments: [
    {
      flags: '[paths...]',
      description: 'manifests or folders (default: this folder)',
      completes: { files: 'manifests' },
    },
  ],
  options: [
    formatFlag(names),
    {
      flags: '-t, --target <ids>',
      description: 'only these targets, separated by commas',
      completes: { words: 'provable', joined: ',' },
    },
    {
      flags: '--engine <name=path>',
      description: 'where an engine is; without it: node_modules/.bin, then PATH',
      completes: { words: 'engines', joined: '=' },
      repeats: true,
    },
    {
      flags: '--require <names>',
      description: 'engines without which the proof fails, separated by commas',
      completes: { words: 'engines', joined: ',' },
    },
    {
      flags: '--out <folder>',
      description: 'where the bundles are (default: .stakes beside the manifest)',
      completes: { files: 'folders' },
    },
    ...CONFIG_FLAGS,
  ],
  examples: [
    { line: 'stakes prove', does: 'every agent below this folder, on every engine that is here' },
    { line: 'stakes prove --require claude-code,srt', does: 'in CI: a missing engine is a failure' },
    { line: 'stakes prove --engine claude-code=./claude', does: 'this very program' },
    { line: 'stakes prove -f markdown', does: 'to paste into a review' },
  ],
};
