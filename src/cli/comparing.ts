import { relative, resolve, sep } from 'node:path';
import { CONFIG_FILES } from '../config/find.ts';
import { BASELINE_FILE } from '../lint/baseline.ts';
import { isManifestName } from '../manifest/discover.ts';
import type { Loaded, Problem } from '../model/place.ts';
import { filesOf } from '../revision/files.ts';
import { type Repository, repositoryOf } from '../revision/git.ts';
import { type Revision, revisionOf } from '../revision/revision.ts';
import { type Files, onDisk } from '../source/files.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';
import type { Look } from './side.ts';

/** One side of a comparison. */
export interface Named extends Look {
  /** What people call it. */
  name: string;
}

/** Both sides: two paths, two revisions, or a revision and what lies on the disk. */
export function sidesOf(
  base: string,
  head: string | undefined,
  options: Invocation['options'],
  io: Io,
): Loaded<{ base: Named; head: Named }> {
  const repository = repositoryOf(io);
  const before = meantBy(base, head, io, repository);
  if (before.state !== 'ok') return before;
  const after = head === undefined ? before : meantBy(head, undefined, io, repository);
  if (after.state !== 'ok') return after;
  if (head === undefined && before.value === 'path') return { state: 'invalid', problems: [alone(base)] };

  const paths = [base, head ?? ''].filter((_, i) => [before, after][i]?.value === 'path');
  const side = (name: string, meant: Meant, other: Meant): Loaded<Named> => {
    const look = { name, cwd: io.cwd, options, known: (file: string) => file };
    if (meant !== 'path') {
      const from = filesAt(repository, meant);
      return from.state === 'ok' ? { ...from, value: { ...look, from: from.value, paths } } : from;
    }
    const known = other === 'path' ? within(name, io.cwd) : look.known;
    return { state: 'ok', value: { ...look, from: onDisk, paths: [name], known } };
  };
  const left = side(base, before.value, after.value);
  const right: Loaded<Named> =
    head === undefined
      ? {
          state: 'ok',
          value: { name: 'the work tree', cwd: io.cwd, options, from: onDisk, paths: [], known: (file) => file },
        }
      : side(head, after.value, before.value);
  if (left.state !== 'ok') return left;
  return right.state === 'ok' ? { state: 'ok', value: { base: left.value, head: right.value } } : right;
}

/** The configuration, baseline and ignores of a revision. */
export function revisionSide(name: string, options: Invocation['options'], io: Io): Loaded<Named> {
  const repository = repositoryOf(io);
  if (repository.state !== 'ok') return repository;
  const revision = revisionOf(repository.value, name);
  if (revision.state !== 'ok') return revision;
  const from = filesAt(repository, revision.value);
  if (from.state !== 'ok') return from;
  return { ...from, value: { name, cwd: io.cwd, options, from: from.value, paths: [], known: (file) => file } };
}

type Meant = 'path' | Revision;

function meantBy(name: string, head: string | undefined, { cwd }: Io, repository: Loaded<Repository>): Loaded<Meant> {
  const isPath = onDisk.has(resolve(cwd, name));
  const revision = repository.state === 'ok' ? revisionOf(repository.value, name, head) : repository;
  if (isPath && revision.state === 'ok') {
    const message = `\`${name}\` is both a path and a revision`;
    return {
      state: 'invalid',
      problems: [{ code: 'ambiguous-name', message, help: `write \`./${name}\` for the path` }],
    };
  }
  if (isPath) return { state: 'ok', value: 'path' };
  return revision;
}

function alone(base: string): Problem {
  const message = `\`${base}\` is a path, and there is nothing to compare it with`;
  return { code: 'no-head', message, help: 'name a second path, or a revision: `stakes diff main`' };
}

function within(path: string, cwd: string): Named['known'] {
  const root = resolve(cwd, path);
  return (file) => relative(root, resolve(cwd, file)).split(sep).join('/');
}

function filesAt(repository: Loaded<Repository>, revision: Revision): Loaded<Files> {
  if (repository.state !== 'ok') return repository;
  const read = new Set<string>([...CONFIG_FILES, BASELINE_FILE]);
  return filesOf(repository.value, revision, (name) => isManifestName(name) || read.has(name));
}
