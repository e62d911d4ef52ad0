import { names } from '../../report/init/names.generated.ts';
import type { CommandSpec, OptionSpec } from '../command.ts';
import { INIT_FLAGS } from '../init-flags.ts';
import { CONFIG_FLAGS, formatFlag } from '../options.ts';

export const spec: CommandSpec = {
  name: 'init',
  summary: 'a few questions to a tier (--quick) or to a manifest',
  arguments: [
    {
      flags: '[folder]',
      description: 'where agents are looked for, and where the manifest goes (default: this folder)',
      completes: { files: 'folders' },
    },
  ],
  options: [
    { flags: '--quick', description: 'three questions to a tier and its controls; writes nothing' },
    ...INIT_FLAGS.map(
      ({ id, value, description, choices }): OptionSpec => ({
        flags: `--${id} <${value}>`,
        description,
        ...(choices ? { completes: { words: choices } } : {}),
      }),
    ),
    {
      flags: '--answers <file>',
      description: 'answers by question, as YAML or JSON; `-` for stdin',
      completes: { files: 'any' },
    },
    { flags: '--resume', description: 'go on where you stopped' },
    { flags: '--plain', description: 'line by line, nothing repainted: for screen readers and simple terminals' },
    {
      flags: '-o, --out <file>',
      description: 'the manifest (default: <id>.agent.yaml; of an agent that was found, its own)',
      completes: { files: 'any' },
    },
    { flags: '--dry-run', description: 'show the manifest and its tier, and write nothing' },
    { flags: '-y, --yes', description: 'write without asking, over an existing file too' },
    formatFlag(names),
    ...CONFIG_FLAGS,
  ],
  examples: [
    { line: 'stakes init --quick', does: 'three questions, a tier, no file' },
    { line: 'stakes init', does: 'a manifest, from what is here and what you answer' },
    { line: 'stakes init --resume', does: 'the same, from where you stopped' },
  ],
  notes: [
    'Every question can be answered by its flag; `unknown` leaves it open, and what is open counts at its worst.',
  ],
};
