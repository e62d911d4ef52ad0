import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folderOf, playPage } from '../../src/dev/docs/transcripts.ts';
import { claudeBinary } from './claude.ts';

const root = join(import.meta.dirname, '../..');
const BLOCK = /```text\n\$ stakes (prove [^\n]+)\n([\s\S]*?)```/;

test('the tutorial shows what really comes out', async () => {
  const page = readFileSync(join(root, 'docs/tutorial.md'), 'utf8');
  const block = BLOCK.exec(page);
  const [, args = '', shown] = block ?? [];
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'stakes-tutorial-')));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  await playPage(page.slice(0, block?.index), parent);
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(root, 'bin/stakes.js'), ...args.split(' '), '--engine', `claude-code=${claudeBinary}`],
    { cwd: folderOf(page, parent), env: { PATH: process.env.PATH, HOME: join(parent, 'home') }, encoding: 'utf8' },
  );
  expect(stdout.replaceAll(claudeBinary, '/usr/local/bin/claude')).toBe(shown);
  expect(status).toBe(0);
});
