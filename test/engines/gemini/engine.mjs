import { join } from 'node:path';

export const engine = {
  name: 'gemini',
  smoke: false,
  package: '@google/gemini-cli-core',
  programs: [],
  trial: [process.execPath, join(import.meta.dirname, 'node_modules/@google/gemini-cli/bundle/gemini.js'), '--version'],
};
