import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/engines/**', 'test/long/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // The default leaves one core idle, which on a machine with two is half of it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
