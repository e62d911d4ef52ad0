import { defineConfig } from 'vitest/config';
import { TablesLast } from './last.ts';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: process.env.STAKES_TEST_FILES?.split('\n') ?? ['**/*.test.ts'],
    // The engines are heavy and share the machine's network namespaces and ports: one at a time.
    fileParallelism: false,
    sequence: { sequencer: TablesLast },
    retry: 0,
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
