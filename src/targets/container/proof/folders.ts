import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Workspace } from '../../../probe/workspace.ts';
import type { Box } from '../boxes.ts';
import { HOME, PROJECT } from '../inside.ts';
import { placesOf } from '../places.ts';
import type { Folders } from './attempts.ts';

/** Makes the folders of a box, open to everybody: what keeps a process out is then the container. */
export function foldersIn(box: Box, { project, home }: Workspace): Folders {
  for (const { root, rest } of placesOf([...(box.read ?? []), ...box.write])) {
    if (root === 'machine') continue;
    const folder = join(root === 'project' ? project : home, rest);
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
  }
  for (const path of box.runtime.map((one) => join(project, one))) {
    if (existsSync(path)) continue;
    mkdirSync(dirname(path), { recursive: true });
    if (path.endsWith('.json')) writeFileSync(path, '{}');
    else mkdirSync(path);
  }
  return { project: { outside: project, inside: PROJECT }, home: { outside: home, inside: HOME } };
}

/** A file that a session wrote into the workspace; empty where it did not. */
export function written({ root }: Workspace, name: string): string {
  const path = join(root, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** The end of what a session said, as a reason. */
export function shortened(text: string): string {
  return text.trim().split('\n').slice(-3).join(' ').slice(0, 300);
}
