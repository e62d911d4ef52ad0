import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { librariesOf } from '../../../src/targets/container/proof/rootfs.ts';
import { found, ROOTED, type RootedProgram, type Scene } from './scene.ts';

/** Adds programs that pass on the rights of root to the image that the attempts run in. */
export function addRooted({ workspace }: Scene): void {
  const root = join(workspace.root, 'box');
  // podman gives a new volume the rights of the folder that it covers, where a cluster goes by `fsGroup`.
  chmodSync(join(root, 'project'), 0o777);
  for (const name of ROOTED) {
    const program = found(name);
    copyFileSync(program, join(root, rootedInBox(name)));
    chmodSync(join(root, rootedInBox(name)), 0o4755);
    for (const library of name === 'busybox' ? [] : librariesOf(program)) {
      const to = join(root, library);
      mkdirSync(dirname(to), { recursive: true });
      if (!existsSync(to)) copyFileSync(library, to);
    }
  }
}

export function rootedInBox(name: RootedProgram): string {
  return `/bin/${name}-rooted`;
}
