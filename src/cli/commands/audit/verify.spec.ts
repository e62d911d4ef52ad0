import { names } from '../../../report/audit-verify/names.generated.ts';
import type { CommandSpec } from '../../command.ts';
import { formatFlag } from '../../options.ts';

export const spec: CommandSpec = {
  name: 'audit verify',
  summary: 'are the records as they were written? every line of a log is checked',
  arguments: [
    {
      flags: '<path>',
      description: 'a file of records, the folder of a log, or a folder of such folders',
      completes: { files: 'any' },
    },
  ],
  options: [
    formatFlag(names),
    {
      flags: '--key <key>',
      description: 'whose signatures count: a public key or a file of some (repeatable)',
      completes: { files: 'any' },
      repeats: true,
    },
    {
      flags: '--checkpoint <file>',
      description: 'a checkpoint that was kept elsewhere (repeatable)',
      completes: { files: 'any' },
      repeats: true,
    },
  ],
  examples: [
    { line: 'stakes audit verify log --key signing.pub', does: 'what was changed, and where' },
    { line: 'stakes audit verify log -f note > kept.txt', does: 'a checkpoint to keep elsewhere' },
    {
      line: 'stakes audit verify records/ --key signing.pub --checkpoint kept.txt',
      does: 'was anything cut off since?',
    },
  ],
  notes: ['A log of this machine needs no --key: its public keys are in the state folder.'],
};
