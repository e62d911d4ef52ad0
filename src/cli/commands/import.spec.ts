import { names } from '../../report/import/names.generated.ts';
import type { CommandSpec } from '../command.ts';
import { formatFlag } from '../options.ts';

export const spec: CommandSpec = {
  name: 'import',
  summary: 'agent files that are here already (.mcp.json, .claude, workflows) to manifests',
  arguments: [
    {
      flags: '[paths...]',
      description: 'folders to search, or files that are known by their names (default: this folder)',
      completes: { files: 'any' },
    },
  ],
  options: [
    formatFlag(names),
    {
      flags: '-o, --out <folder>',
      description: 'write the manifests here, not beside what they come from',
      completes: { files: 'folders' },
    },
    {
      flags: '--user',
      description: 'also what you have set up for yourself, and what holds on this machine (with --out)',
    },
    { flags: '--follow', description: 'also read links and paths that lead out of the repository' },
    { flags: '--no-catalog', description: 'leave the tools of servers that Stakes knows unknown' },
    { flags: '--dry-run', description: 'show what would be written, and write nothing' },
    { flags: '-y, --yes', description: 'change manifests of an earlier import without asking' },
  ],
  examples: [
    { line: 'stakes import', does: 'a manifest for every agent below this folder' },
    { line: 'stakes import --dry-run', does: 'the same, only shown' },
    { line: 'stakes import .mcp.json', does: 'one file' },
    { line: 'stakes import --user --dry-run', does: 'your own agents, too' },
  ],
  notes: [
    'What is yours, and what holds on this machine, becomes agents of its own (`user-…`):',
    "a repository's manifests stay the same on every machine.",
  ],
};
