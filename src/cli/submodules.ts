import { resolve } from 'node:path';
import { isInside, shownAs } from '../manifest/paths.ts';
import type { Repository } from '../revision/git.ts';
import type { Named } from './comparing.ts';
import type { Unread } from './side.ts';

/** The submodules of a side that cannot be read and are not as they are on the other. */
export function unreadSubmodules({ at, paths, cwd }: Named, other: Named): Unread[] {
  if (!at) return [];
  const { repository, files } = at;
  const scopes = (paths.length > 0 ? paths : ['.']).map((path) => resolve(cwd, path));
  const unseen = files.unseen.filter(({ path, commit, isCheckedOut }) => {
    const folder = resolve(repository.root, path);
    if (!scopes.some((scope) => isInside(scope, folder) || isInside(folder, scope))) return false;
    if (other.at) return other.at.files.recorded(path) !== commit;
    return isCheckedOut || recordedNow(repository, path) !== commit;
  });
  return unseen.map(({ path, problem, isCheckedOut }) => {
    const folder = shownAs(resolve(repository.root, path), cwd);
    return { folder, problem: { ...problem, file: folder }, isBroken: isCheckedOut };
  });
}

/** The commit that the next commit would record. */
function recordedNow(repository: Repository, path: string): string | undefined {
  const listed = repository.run(['ls-files', '--stage', '-z', '--', `:(literal)${path}`]);
  return listed.ok ? /^160000 ([0-9a-f]{40,64}) /.exec(listed.out.toString('latin1'))?.[1] : undefined;
}
