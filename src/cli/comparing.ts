import { relative, resolve, sep } from 'node:path';
import { CONFIG_FILES } from '../config/find.ts';
import { BASELINE_FILE } from '../lint/baseline.ts';
import { isManifestName } from '../manifest/discover.ts';
import { WORK_TREE } from '../model/diff.ts';
import type { Loaded, Problem } from '../model/place.ts';
import { filesOf, type RevisionFiles } from '../revision/files.ts';
import { type Repository, repositoryOf } from '../revision/git.ts';
import { type Revision, revisionOf } from '../revision/revision.ts';
import { onDisk } from '../source/files.ts';
import type { Invocation } from './command.ts';
import { withInstalled } from './installed.ts';
import type { Io } from './io.ts';
import type { Look } from './side.ts';
import { unreadSubmodules } from './submodules.ts';

/** One side of a comparison. */
export interface Named extends Look {
  /** What people call it. */
  name: string;
  /** Absent: it is on the disk. */
  at?: { repository: Repository; files: RevisionFiles };
}

/** Both sides: two paths, two revisions, or a revision and what lies on the disk. */
export function sidesOf(
  base: string,
  head: string | undefined,
  options: Invocation['options'],
  io: Io,
): Loaded<{ base: Named; head: Named }> {
  const repository = repositoryOf(io);
  const after = head === undefined ? undefined : meantBy(head, undefined, io, repository);
  if (after && after.state !== 'ok') return after;
  const before = meantBy(base, after?.value === 'path' ? undefined : head, io, repository);
  if (before.state !== 'ok') return before;
  const alone = head === undefined ? aloneProblem(base, before.value) : undefined;
  if (alone) return { state: 'invalid', problems: [alone] };

  const [meant, other] = [before.value, after?.value];
  const paths = [...(meant === 'path' ? [base] : []), ...(head !== undefined && other === 'path' ? [head] : [])];
  const look = { cwd: io.cwd, options, paths, known: (file: string) => file };
  const side = (name: string, way: Meant, beside: Meant | undefined): Loaded<Named> => {
    if (way !== 'path') return sideAt(name, way, look, io);
    const known = beside === 'path' ? within(name, io.cwd) : look.known;
    return { state: 'ok', value: { ...look, name, from: onDisk, paths: [name], known } };
  };
  const left = side(base, meant, other);
  if (left.state !== 'ok') return left;
  const right: Loaded<Named> =
    head === undefined || other === undefined
      ? { state: 'ok', value: { ...look, name: WORK_TREE, from: onDisk } }
      : side(head, other, meant);
  if (right.state !== 'ok') return right;
  const unread = { base: unreadSubmodules(left.value, right.value), head: unreadSubmodules(right.value, left.value) };
  return {
    state: 'ok',
    value: { base: { ...left.value, unread: unread.base }, head: { ...right.value, unread: unread.head } },
  };
}

/** The configuration, baseline and ignores of a revision. */
export function revisionSide(name: string, options: Invocation['options'], io: Io): Loaded<Named> {
  const repository = repositoryOf(io);
  if (repository.state !== 'ok') return repository;
  const revision = revisionOf(repository.value, name);
  if (revision.state !== 'ok') return revision;
  const look = { cwd: io.cwd, options, paths: [], known: (file: string) => file };
  return sideAt(name, { repository: repository.value, revision: revision.value }, look, io);
}

type Meant = 'path' | { repository: Repository; revision: Revision };

/** What there is instead of a repository tells less than that there is no such file. */
function neither(name: string, repository: Exclude<Loaded<Repository>, { state: 'ok' }>): Loaded<never> {
  const [first, ...others] = repository.problems;
  if (first?.code !== 'no-repository') return repository;
  return {
    ...repository,
    problems: [{ ...first, message: `there is no file \`${name}\`, and ${first.message}` }, ...others],
  };
}

function meantBy(name: string, head: string | undefined, { cwd }: Io, repository: Loaded<Repository>): Loaded<Meant> {
  const hasFiles = repository.state !== 'ok' || repository.value.hasWorkTree;
  const isPath = hasFiles && onDisk.has(resolve(cwd, name));
  if (repository.state !== 'ok') return isPath ? { state: 'ok', value: 'path' } : neither(name, repository);
  const revision = revisionOf(repository.value, name, head);
  if (isPath && revision.state === 'ok') {
    const message = `\`${name}\` is both a path and a revision`;
    const help = `write \`./${name}\` for the path, or \`${name}^0\` for the revision`;
    return { state: 'invalid', problems: [{ code: 'ambiguous-name', message, help }] };
  }
  if (isPath) return { state: 'ok', value: 'path' };
  if (revision.state !== 'ok') return revision;
  return { state: 'ok', value: { repository: repository.value, revision: revision.value } };
}

function aloneProblem(base: string, meant: Meant): Problem | undefined {
  if (meant === 'path') {
    const message = `\`${base}\` is a path, and there is nothing to compare it with`;
    return { code: 'no-head', message, help: 'name a second path, or a revision: `stakes diff main`' };
  }
  if (meant.repository.hasWorkTree) return undefined;
  const message = 'this repository has no files checked out to compare with';
  return { code: 'no-head', message, help: `name a second revision: \`stakes diff ${base} HEAD\`` };
}

function within(path: string, cwd: string): Named['known'] {
  const root = resolve(cwd, path);
  return (file) => relative(root, resolve(cwd, file)).split(sep).join('/');
}

const SURELY_READ: ReadonlySet<string> = new Set([...CONFIG_FILES, BASELINE_FILE]);

function sideAt(
  name: string,
  { repository, revision }: Exclude<Meant, 'path'>,
  look: Omit<Look, 'from'>,
  { env }: Io,
): Loaded<Named> {
  const files = filesOf(repository, revision, (file) => isManifestName(file) || SURELY_READ.has(file), env);
  if (files.state !== 'ok') return files;
  const from = withInstalled(files.value, repository);
  return { state: 'ok', value: { ...look, name, from, at: { repository, files: files.value } } };
}
