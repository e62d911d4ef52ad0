import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { projectWith } from './project.ts';

const BIN = resolve('bin/stakes.js');
const BEFORE = '{\n  "permissions": { "deny": ["Read(./.env)"] }\n}\n';

test('of several at once one writes, the lock knows it, and --undo restores', async () => {
  const project = await projectWith(BEFORE);
  const home = join(project.folder, '../home');
  mkdirSync(home, { recursive: true });
  const apply = async (): Promise<number | null> => {
    const child = spawn(process.execPath, [BIN, 'apply', '-y'], {
      cwd: project.folder,
      env: { HOME: home, PATH: process.env.PATH },
      stdio: 'ignore',
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return code;
  };
  for (let round = 0; round < 3; round++) {
    const codes = await Promise.all([apply(), apply(), apply(), apply()]);
    // Who came second is told to look again, or finds it done.
    expect(codes.filter((code) => code === 0).length).toBeGreaterThan(0);
    expect(codes.every((code) => code === 0 || code === 2)).toBe(true);
    expect((await project.apply(['--check'])).code).toBe(0);
    expect(project.installed()).toBeDefined();
    expect((await project.apply(['--undo', '-y'])).code).toBe(0);
    expect(project.read()).toBe(BEFORE);
    writeFileSync(project.path('.claude/settings.json'), BEFORE);
  }
});
