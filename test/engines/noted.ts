import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Asked, Figures } from './figures.ts';

type Line = { table: Figures; row: Record<string, string> } | { asked: Asked };

/** File names of this run's tests. */
export const inRun = (process.env.STAKES_TEST_FILES ?? '').split('\n').map((path) => basename(path));

/** What the tests of this run noted so far. */
export function noted(): Line[] {
  const file = process.env.STAKES_FIGURES ?? '';
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Line);
}
