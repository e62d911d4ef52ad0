import type { CommandSpec } from '../command.ts';
import { CONFIG_FLAGS, formatFlag } from '../options.ts';

export const spec: CommandSpec = {
  name: 'generate',
  summary: 'write policy, sandbox and spend-cap files for the engines you run, with what each cannot enforce',
  arguments: [
    {
      flags: '[paths...]',
      description: 'manifests or folders (default: this folder)',
      completes: { files: 'manifests' },
    },
  ],
  options: [
    {
      flags: '-t, --target <ids>',
      description:
        'these targets, separated by commas; `all` for every one (default: those the bundle has, or the standard ones)',
      completes: { words: 'targets', joined: ',' },
    },
    {
      flags: '-o, --out <folder>',
      description: 'where bundles go (default: .stakes beside each manifest)',
      completes: { files: 'folders' },
    },
    { flags: '--check', description: 'write nothing; exit 1 when files are missing, stale or edited' },
    { flags: '--strict', description: 'with --check: also exit 1 when only a newer emitter would change files' },
    { flags: '--force', description: 'overwrite files that were edited by hand' },
    { flags: '--dry-run', description: 'write nothing; list what would be written' },
    formatFlag(['human', 'json']),
    ...CONFIG_FLAGS,
  ],
  examples: [
    {
      line: 'stakes generate refund.agent.yaml',
      does: 'what its bundle has, or the standard targets',
    },
    { line: 'stakes generate -t claude-code,srt', does: 'two targets for every agent here' },
    { line: 'stakes generate --check', does: 'in CI: are the files up to date?' },
  ],
};
