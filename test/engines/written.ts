import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../src/model/policy.ts';
import { writeIn } from '../../src/probe/workspace.ts';
import type { Machine } from '../../src/source/state-folder.ts';
import type { EmittedFile } from '../../src/targets/define.ts';

const root = mkdtempSync(join(tmpdir(), 'stakes-written-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));
let count = 0;

export interface Written {
  /** Of the target's files. */
  folder: string;
  machine: Machine;
}

/** The files of one policy as `stakes generate` lays them out, in a project of their own. */
export function written(target: string, made: Policy, files: readonly EmittedFile[]): Written {
  const project = join(root, `project-${count++}`);
  const bundle = join(project, '.stakes', made.root);
  for (const { path, content } of files) writeIn(bundle, `${target}/${path}`, content);
  writeIn(bundle, 'policy.json', JSON.stringify(made));
  const home = join(root, 'home');
  const env = { HOME: home, XDG_STATE_HOME: join(home, `state-${count}`) };
  return { folder: join(bundle, target), machine: { platform: process.platform, env, home } };
}
