import { OUTCOMES } from '../model/record.ts';
import { ACCESSES } from '../model/vocabulary.ts';
import type { OptionSpec } from './command.ts';

export const LOGS_ARGUMENT = {
  flags: '[paths...]',
  description: 'files of records, folders of logs (default: all logs of this machine)',
  completes: { files: 'any' },
} as const;

export const SINCE_FLAGS: OptionSpec[] = [
  { flags: '--since <when>', description: 'from here on: 90d, 12h, 2026-11-01 or a time (RFC 3339)' },
  { flags: '--until <when>', description: 'up to here; a day is in it to its end, in UTC' },
];

export const VERIFY_FLAGS: OptionSpec[] = [
  { flags: '--verify', description: 'first check every line and signature' },
  {
    flags: '--key <key>',
    description: 'whose signatures count: a public key or a file of some (repeatable; means --verify)',
    completes: { files: 'any' },
    repeats: true,
  },
];

/** What selects calls. */
export const FILTER_FLAGS: OptionSpec[] = [
  ...SINCE_FLAGS,
  { flags: '--agent <id>', description: 'of this agent (repeatable)', repeats: true },
  { flags: '--tool <name>', description: 'of this tool; * stands for any text (repeatable)', repeats: true },
  { flags: '--server <name>', description: 'of any tool of this server (repeatable)', repeats: true },
  { flags: '--session <id>', description: 'in this session (repeatable)', repeats: true },
  { flags: '--decision <what>', description: 'what the policy said (repeatable)', choices: ACCESSES, repeats: true },
  { flags: '--rule <name>', description: 'which part of the policy decided (repeatable)', repeats: true },
  { flags: '--approver <name>', description: 'who was asked and answered (repeatable)', repeats: true },
  {
    flags: '--outcome <what>',
    description: 'what became of it (repeatable)',
    choices: [...OUTCOMES, 'none'],
    repeats: true,
  },
  {
    flags: '--arguments <digest>',
    description: 'the digest of its arguments, or how it begins (repeatable)',
    repeats: true,
  },
];
