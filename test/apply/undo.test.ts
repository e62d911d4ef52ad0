import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { commit } from '../../src/apply/commit.ts';
import { lockIn } from '../../src/apply/lock.ts';
import { propose } from '../../src/apply/propose.ts';
import { inProject } from '../../src/apply/read.ts';
import { proposeUndo } from '../../src/apply/undo.ts';
import { digest, lockText } from '../../src/bundle/lock.ts';
import { LOCK_SCHEMA } from '../../src/model/lock.ts';
import { INSTALLS } from '../../src/targets/claude-code/installs.ts';
import { folderWith } from '../cli/fake-io.ts';
import { projectWith, SETTINGS } from './project.ts';
import { settingsText } from './settings.ts';

const runs = { numRuns: Math.max(50, Number(process.env.STAKES_CASES ?? 0) / 10) };
const KEY = 'claude-code/project';
const SOURCE = Buffer.from(
  JSON.stringify({
    permissions: { ask: ['mcp__a__b'], deny: ['Agent', 'Bash', 'WebSearch'], disableAutoMode: 'disable' },
    sandbox: { enabled: true, network: { allowedDomains: ['a.example'], strictAllowlist: true } },
  }),
);

function scene() {
  const lock = { schema: LOCK_SCHEMA, agent: 'x', manifest: digest('m'), policy: digest('p'), targets: {}, files: {} };
  const project = folderWith({ 'bundle/stakes.lock.json': lockText(lock as never) });
  const [bundle, state] = [join(project, 'bundle'), join(project, 'state')];
  const file = join(project, SETTINGS);
  const destination = inProject(project, SETTINGS, SETTINGS);
  const merge = INSTALLS.find(({ way }) => way === 'merge');
  if (merge?.way !== 'merge') throw new Error('no merge');
  // Claude Code takes no comments; an engine that does has them kept.
  const installation = { ...merge, reads: 'json-with-comments' as const };
  const previous = () => lockIn(bundle)?.installed?.[KEY];
  const carryOut = (made: ReturnType<typeof propose>) => {
    if (made.state !== 'ok') throw new Error(JSON.stringify(made.problems));
    expect(commit(made.value, { bundle, state })).toBeUndefined();
    return made.value.way;
  };
  return {
    file,
    state,
    set: (text: string) => {
      mkdirSync(join(project, '.claude'), { recursive: true });
      writeFileSync(file, text);
    },
    apply: () => carryOut(propose({ key: KEY, installation, destination, source: SOURCE, previous: previous() })),
    undo: () => {
      const installed = previous();
      if (!installed) throw new Error('nothing is installed');
      return carryOut(proposeUndo({ key: KEY, destination, previous: installed, state }, 'merge'));
    },
  };
}

test('any settings come back to the byte, and leave no backup behind', () => {
  const { file, state, set, apply, undo } = scene();
  fc.assert(
    fc.property(settingsText, (text) => {
      set(text);
      apply();
      apply();
      expect(undo()).toBe('bytes');
      expect(readFileSync(file, 'utf8')).toBe(text);
      expect(readdirSync(join(state, 'backups'))).toEqual([]);
    }),
    runs,
  );
});

test('a hand edit in between stays, and none of ours does', () => {
  const { file, set, apply, undo } = scene();
  fc.assert(
    fc.property(settingsText, fc.boolean(), (text, again) => {
      set(text);
      apply();
      const edited = readFileSync(file, 'utf8').replace(/\}(?=[^}]*$)/, '/* by hand */ }');
      set(edited);
      if (again) apply();
      undo();
      const left = readFileSync(file, 'utf8');
      expect(left).toContain('/* by hand */');
      for (const rule of ['"Agent"', '"a.example"']) expect(left).not.toContain(rule);
    }),
    runs,
  );
});

const MINE = '{\n  "permissions": { "deny": ["Bash"] }\n}\n';

test.each(['before the file was written', 'after the file was written'])(
  'a run that ended %s is gone on from',
  async (when) => {
    for (const next of ['apply', 'undo', 'both']) {
      const project = await projectWith(MINE);
      await project.apply();
      const after = project.read();
      project.lock((lock) => {
        const installed = lock.installed?.[KEY];
        if (installed) installed.pending = { from: digest(MINE) };
      });
      if (when.startsWith('before')) project.write(MINE);
      expect((await project.apply(['--check'])).code).toBe(1);
      if (next !== 'undo') {
        expect((await project.apply()).code).toBe(0);
        expect(project.read()).toBe(after);
        expect(project.installed()?.pending).toBeUndefined();
        expect((await project.apply(['--check'])).code).toBe(0);
      }
      if (next !== 'apply') {
        expect((await project.apply(['--undo', '-y'])).code).toBe(0);
        expect(project.read()).toBe(MINE);
        expect(project.installed()).toBeUndefined();
      }
    }
  },
);

test('a backup that was changed is not believed', async () => {
  const project = await projectWith(MINE);
  await project.apply();
  const folder = join(project.folder, '../home/.local/state/stakes/backups');
  for (const name of readdirSync(folder)) writeFileSync(join(folder, name), '{"permissions": {"allow": ["Bash"]}}');
  expect((await project.apply(['--undo', '-y'])).out).toContain('only what was ours is taken out');
  expect(JSON.parse(project.read())).toEqual({ permissions: { deny: ['Bash'] } });
});
