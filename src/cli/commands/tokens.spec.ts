import type { CommandSpec } from '../command.ts';

export const spec: CommandSpec = {
  name: 'tokens',
  summary: 'the public keys by which servers know the tokens of a gate, and a new one',
  arguments: [
    {
      flags: '[action]',
      description: 'what to do with them (default: show them, as a JWK Set)',
      choices: ['show', 'rotate'],
    },
  ],
  options: [
    {
      flags: '-p, --policy <file>',
      description: 'the policy.json of a generated bundle, or its folder',
      completes: { files: 'any' },
    },
  ],
  examples: [
    { line: 'stakes tokens -p .stakes/refund-desk > jwks.json', does: 'what the author of a server configures' },
    { line: 'stakes tokens rotate -p .stakes/refund-desk', does: 'another key from here on' },
  ],
  notes: [
    'Gates that run follow a new key within a second. The old one is told until its last token has ended: six minutes.',
    'Tokens are minted by `stakes gate --tokens`; servers check them with `stakes/verify-token`.',
  ],
};
