import type { CommandSpec } from '../command.ts';
import { CONFIG_FLAGS, formatFlag } from '../options.ts';

export const spec: CommandSpec = {
  name: 'apply',
  summary: 'install generated files where the engine reads them, without losing a line that people wrote',
  arguments: [
    {
      flags: '[paths...]',
      description: 'the manifest (default: the one in this folder)',
      completes: { files: 'manifests' },
    },
  ],
  options: [
    {
      flags: '-t, --target <ids>',
      description: 'only these targets, separated by commas',
      completes: { words: 'targets', joined: ',' },
    },
    {
      flags: '--as <id>',
      description: 'how: project, managed or launcher (default: the first merge of each target)',
      completes: { words: 'ways' },
    },
    { flags: '--to <path>', description: 'where a whole file goes instead', completes: { files: 'any' } },
    { flags: '--check', description: 'write nothing; exit 1 when an installed file no longer holds what it should' },
    { flags: '--undo', description: 'take back what was installed' },
    { flags: '--dry-run', description: 'write nothing; show what would change' },
    { flags: '-y, --yes', description: 'do not ask' },
    {
      flags: '-o, --out <folder>',
      description: 'where bundles are (default: .stakes beside each manifest)',
      completes: { files: 'folders' },
    },
    formatFlag(['human', 'json']),
    ...CONFIG_FLAGS,
  ],
  examples: [
    { line: 'stakes apply refund.agent.yaml', does: 'show what changes in .claude/settings.json, and ask' },
    { line: 'stakes apply --check', does: 'in CI: does every installed file still hold?' },
    { line: 'stakes apply --as managed --dry-run', does: 'what would bind everyone on this machine' },
    { line: 'stakes apply --undo', does: 'back to before, to the byte where nobody edited since' },
  ],
};
