import { join } from 'node:path';

// The build for one platform by itself: its wrapper only looks for it.
export const engine = {
  name: 'opencode',
  smoke: false,
  package: 'opencode-linux-x64',
  programs: [],
  trial: [join(import.meta.dirname, 'node_modules/opencode-linux-x64/bin/opencode'), '--version'],
};
