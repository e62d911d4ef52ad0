import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The built program beside the packages of this folder, as where somebody installed both; the path of what starts it. */
export function besidePackages(folder: string): string {
  const program = join(folder, 'lib/stakes');
  mkdirSync(program, { recursive: true });
  for (const name of ['bin', 'dist', 'package.json'])
    cpSync(join(root, name), join(program, name), { recursive: true });
  symlinkSync(join(import.meta.dirname, 'node_modules'), join(folder, 'lib/node_modules'));
  return join(program, 'bin/stakes.js');
}
