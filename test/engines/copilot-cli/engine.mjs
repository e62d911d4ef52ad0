import { join } from 'node:path';

// Not open source: started as a program by these tests, and no part of ours.
export const engine = {
  name: 'copilot-cli',
  smoke: false,
  package: '@github/copilot-linux-x64',
  programs: [],
  trial: [join(import.meta.dirname, 'node_modules/@github/copilot-linux-x64/copilot'), '--version'],
};
