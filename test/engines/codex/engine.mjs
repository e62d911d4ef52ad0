import { join } from 'node:path';

const program = 'node_modules/@openai/codex-linux-x64/vendor/x86_64-unknown-linux-musl/bin/codex';

export const engine = {
  name: 'codex',
  smoke: false,
  package: '@openai/codex-linux-x64',
  programs: ['bwrap'],
  trial: [join(import.meta.dirname, program), '--version'],
};
