import { names } from '../../../report/audit-pack/names.generated.ts';
import { PERIOD_FLAGS } from '../../audit-period.ts';
import type { CommandSpec } from '../../command.ts';
import { CONFIG_FLAGS, formatFlag } from '../../options.ts';

export const spec: CommandSpec = {
  name: 'audit pack',
  summary: 'the evidence for an auditor in one folder, which checks itself with openssl alone',
  arguments: [
    {
      flags: '[paths...]',
      description: 'files of records, folders of logs (default: all logs of this machine)',
      completes: { files: 'any' },
    },
  ],
  options: [
    ...PERIOD_FLAGS,
    {
      flags: '-o, --out <folder>',
      description: 'where to write it (default: audit-pack)',
      completes: { files: 'folders' },
    },
    { flags: '--force', description: 'replace an earlier pack that was edited by hand' },
    {
      flags: '--manifest <path>',
      description: 'manifests or folders to assess, with their policies (default: this folder; repeatable)',
      completes: { files: 'manifests' },
      repeats: true,
    },
    {
      flags: '--policy <path>',
      description: 'a policy that was in force, such as an earlier one (repeatable)',
      completes: { files: 'any' },
      repeats: true,
    },
    {
      flags: '--proof <file>',
      description: 'what `stakes prove -f json` printed (repeatable)',
      completes: { files: 'any' },
      repeats: true,
    },
    {
      flags: '--key <key>',
      description: 'whose signatures count: a public key or a file of some (repeatable)',
      completes: { files: 'any' },
      repeats: true,
    },
    formatFlag(names),
    ...CONFIG_FLAGS,
  ],
  examples: [
    { line: 'stakes audit pack', does: 'the last 90 days of this machine, and the agents of this folder' },
    { line: 'stakes audit pack --since 2026-07-01 --until 2026-09-30 -o q3', does: 'a quarter' },
    { line: 'stakes audit pack --proof proof.json', does: 'with what `stakes prove -f json > proof.json` saw' },
    { line: 'sh audit-pack/verify.sh', does: 'check it, on any machine' },
  ],
  notes: ['It maps evidence to OWASP, NIST and SOC 2; it certifies nothing. What looks like a secret is left out.'],
};
