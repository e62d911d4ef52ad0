import { names } from '../../report/explain/names.generated.ts';
import type { CommandSpec } from '../command.ts';
import { formatFlag } from '../options.ts';

export const spec: CommandSpec = {
  name: 'explain',
  summary: 'what a rule, tier, control, question, target or importer is, and why',
  arguments: [
    {
      flags: '[id]',
      description: 'what to explain (default: list what can be explained)',
      completes: { words: 'ids' },
    },
  ],
  options: [formatFlag(names)],
  examples: [
    { line: 'stakes explain', does: 'what can be explained' },
    { line: 'stakes explain ungated-high-stakes', does: 'a rule, with a manifest that has it' },
    { line: 'stakes explain medium-plus', does: 'a tier, with its controls' },
  ],
};
