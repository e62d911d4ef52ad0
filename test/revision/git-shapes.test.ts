import { mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DiffReport } from '../../src/model/diff.ts';
import { folderWith, GOOD, manifest, run } from '../cli/fake-io.ts';
import { ENV, git, repositoryIn, repositoryOf, type TestRepository } from '../diff/repository.ts';

const WRITER = manifest('good', 'tools: { look: { effect: write, data: [], egress: none } }');
const FILE = 'good.agent.yaml';
const two = () => repositoryOf({ [FILE]: GOOD }, { [FILE]: WRITER });

async function diff({ folder }: Pick<TestRepository, 'folder'>, argv: string[], env: Record<string, string> = ENV) {
  const { code, out, err } = await run(folder, ['diff', '-f', 'json', ...argv], { env, columns: 200 });
  const report = out === '' ? undefined : (JSON.parse(out) as DiffReport);
  const agents = report?.agents.map(({ agent, file, change, tier }) => [agent, file, change, tier.base, tier.head]);
  return { code, err, agents, errors: report?.errors.map(({ message }) => message) ?? [], report };
}

const ROSE = [['good', FILE, 'changed', 'light', 'full']];

describe('names of revisions', () => {
  test('branches, tags, hashes, and what leads on from them', async () => {
    const repository = two();
    repository.git('tag', '-a', 'v1', '-m', 'v1', 'HEAD^');
    repository.git('branch', 'side/one', 'HEAD^');
    const hash = repository.git('rev-parse', 'HEAD^').trim();
    for (const name of ['HEAD^', 'HEAD~1', 'v1', 'side/one', 'refs/tags/v1', hash, hash.slice(0, 8), 'HEAD^{/state 0}'])
      expect([name, (await diff(repository, [name])).agents]).toEqual([name, ROSE]);
    expect((await diff(repository, ['v1', 'HEAD'])).agents).toEqual(ROSE);
    expect((await diff(repository, ['HEAD', 'v1'])).agents).toEqual([['good', FILE, 'changed', 'full', 'light']]);
  });

  test('what is no revision is none, whatever it looks like', async () => {
    const repository = two();
    const names = [
      'nope',
      '--output=x',
      '-p',
      '--all',
      '^HEAD',
      'HEAD..HEAD',
      'HEAD HEAD',
      'a\nb',
      '',
      'HEAD:good.agent.yaml',
    ];
    for (const name of names) {
      const { code, err, agents } = await diff(repository, ['--', name]);
      expect([name, code, agents]).toEqual([name, 2, undefined]);
      expect(err).toMatch(/is neither a file nor a revision|is a path/);
    }
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  test('a tag that is called as a folder is ambiguous, and both ways out work', async () => {
    const repository = repositoryOf({ [`agents/${FILE}`]: GOOD }, { [`agents/${FILE}`]: WRITER });
    repository.git('tag', 'agents', 'HEAD^');
    const { code, err } = await diff(repository, ['agents']);
    expect([code, err]).toEqual([2, expect.stringContaining('`agents` is both a path and a revision')]);
    expect(err).toContain('`./agents` for the path, or `agents^0` for the revision');
    expect((await diff(repository, ['agents^0'])).agents).toEqual([
      ['good', `agents/${FILE}`, 'changed', 'light', 'full'],
    ]);
    expect((await diff(repository, ['agents^0', './agents'])).agents).toHaveLength(1);
  });

  test('where a branch left another', async () => {
    const repository = repositoryOf({ [FILE]: GOOD });
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.write({ [FILE]: WRITER });
    repository.commit();
    repository.git('checkout', '--quiet', 'main');
    repository.write({ 'other.agent.yaml': GOOD.replace('good', 'other') });
    repository.commit();
    expect((await diff(repository, ['main...', 'topic'])).agents).toEqual(ROSE);
    expect((await diff(repository, ['main...topic', 'topic'])).agents).toEqual(ROSE);
    expect((await diff(repository, ['main', 'topic'])).agents).toContainEqual([
      'other',
      'other.agent.yaml',
      'removed',
      'light',
      null,
    ]);
    repository.git('checkout', '--quiet', 'topic');
    expect((await diff(repository, ['main...'])).agents).toEqual(ROSE);
    expect((await diff(repository, ['main...', `./${FILE}`])).agents).toEqual(ROSE);
    repository.git('checkout', '--quiet', '--orphan', 'alone');
    repository.commit();
    const { code, err } = await diff(repository, ['main...']);
    expect([code, err]).toEqual([2, expect.stringContaining('`main` and `HEAD` have no commit in common here')]);
    expect(err).toContain('compare with `main` itself');
  });

  test('a detached head', async () => {
    const repository = two();
    repository.git('checkout', '--quiet', '--detach');
    expect((await diff(repository, ['HEAD^'])).agents).toEqual(ROSE);
    expect((await diff(repository, ['main...'])).agents).toEqual([['good', FILE, 'same', 'full', 'full']]);
  });
});

describe('repositories of many shapes', () => {
  test('shallow: what is missing is told with what brings it', async () => {
    const origin = two();
    const parent = folderWith();
    const cloned = (...args: string[]) => {
      const name = `c${args.join('')}`;
      git(parent, ['clone', '--quiet', ...args, `file://${origin.folder}`, name]);
      return repositoryIn(join(parent, name));
    };
    const one = cloned('--depth=1');
    const past = await diff(one, ['HEAD^1']);
    expect([past.code, past.err]).toEqual([2, expect.stringContaining('git fetch --deepen=10')]);
    const other = await diff(one, ['origin/side']);
    expect(other.err).toContain('git fetch --depth=1 origin side');
    expect((await diff(cloned('--depth=2'), ['HEAD^1', 'HEAD'])).agents).toEqual(ROSE);
    git(origin.folder, ['checkout', '--quiet', '-b', 'side', 'HEAD^']);
    origin.write({ 'x.md': '' });
    origin.commit();
    one.git('fetch', '--quiet', '--depth=1', 'origin', 'side:side');
    const forked = await diff(one, ['side...']);
    expect([forked.code, forked.err]).toEqual([2, expect.stringContaining('git fetch --unshallow')]);
  });

  test('nothing committed yet, and a branch that is not born', async () => {
    const repository = repositoryOf();
    repository.write({ [FILE]: GOOD });
    const empty = await diff(repository, ['HEAD']);
    expect([empty.code, empty.err]).toEqual([2, expect.stringContaining('nothing is committed on this branch')]);
    expect((await diff(repository, ['main'])).code).toBe(2);
    repository.commit();
    repository.git('checkout', '--quiet', '--orphan', 'unborn');
    expect((await diff(repository, ['HEAD'])).err).toContain('nothing is committed on this branch');
    expect((await diff(repository, ['main'])).agents).toEqual([['good', FILE, 'same', 'light', 'light']]);
  });

  test('bare: two revisions, and one alone says what lacks', async () => {
    const origin = two();
    const parent = folderWith();
    git(parent, ['clone', '--quiet', '--bare', `file://${origin.folder}`, 'bare.git']);
    const bare = { folder: join(parent, 'bare.git') };
    const named = { ...ENV, GIT_DIR: '.' };
    expect((await diff(bare, ['HEAD^', 'HEAD'], named)).agents).toEqual(ROSE);
    const alone = await diff(bare, ['HEAD^'], named);
    expect([alone.code, alone.err]).toEqual([2, expect.stringContaining('no files checked out to compare with')]);
    expect((await diff(bare, ['main~1', 'main'], { ...ENV, GIT_DIR: '.' })).agents).toEqual(ROSE);
  });

  test('a folder of a repository that looks like a bare one has no history that anybody asked for', async () => {
    const [mine, theirs] = [two(), two()];
    git(mine.folder, ['clone', '--quiet', '--bare', `file://${theirs.folder}`, 'vendored']);
    const trap = { folder: join(mine.folder, 'vendored') };
    const { code, err } = await diff(trap, ['HEAD^', 'HEAD']);
    expect([code, err]).toEqual([2, expect.stringContaining('is a bare repository')]);
    expect(err).toContain('`GIT_DIR=.`');
    expect((await diff(mine, ['HEAD^'])).agents).toEqual(ROSE);
  });

  test('a work tree beside another', async () => {
    const origin = two();
    const parent = folderWith();
    origin.git('worktree', 'add', '--quiet', '--detach', join(parent, 'beside'), 'HEAD');
    const beside = repositoryIn(join(parent, 'beside'));
    expect((await diff(beside, ['main^'])).agents).toEqual(ROSE);
    beside.write({ [FILE]: GOOD });
    expect((await diff(beside, ['main'])).agents).toEqual([['good', FILE, 'changed', 'full', 'light']]);
  });

  test('SHA-256', async () => {
    const folder = folderWith();
    git(folder, ['init', '--quiet', '--initial-branch=main', '--object-format=sha256']);
    const repository = repositoryIn(folder);
    repository.write({ [FILE]: GOOD });
    repository.commit();
    repository.write({ [FILE]: WRITER });
    expect((await diff(repository, ['main'])).agents).toEqual(ROSE);
    expect((await diff(repository, ['main...'])).agents).toEqual(ROSE);
  });

  test('a partial clone asks no network for what it lacks, and says so', async () => {
    const origin = two();
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const parent = folderWith();
    git(parent, ['clone', '--quiet', '--filter=blob:none', `file://${origin.folder}`, 'part']);
    const part = repositoryIn(join(parent, 'part'));
    const { code, agents, errors } = await diff(part, ['HEAD^', 'HEAD']);
    expect(errors).toEqual([`in \`HEAD^\`: \`${FILE}\` of \`HEAD^\` is not in this clone`]);
    expect([code, agents]).toEqual([0, [['good', FILE, 'changed', null, 'full']]]);
    expect((await diff(part, ['HEAD'])).agents).toEqual([['good', FILE, 'same', 'full', 'full']]);
    const other = await diff(part, ['HEAD', 'HEAD^']);
    expect([other.code, other.agents]).toEqual([2, [['good', FILE, 'changed', 'full', null]]]);
  });

  test('in a folder below: only what is there, by the names that it has from there', async () => {
    const at = (text: string) => ({ [FILE]: text, [`a/b/${FILE}`]: text, 'a/stakes.config.yaml': 'rules: {}\n' });
    const repository = repositoryOf(at(GOOD), at(WRITER));
    const below = { folder: join(repository.folder, 'a/b') };
    expect((await diff(below, ['HEAD^'])).agents).toEqual(ROSE);
    expect((await diff(below, ['HEAD^', 'HEAD'])).agents).toEqual(ROSE);
    const upper = [['good', `../../${FILE}`, 'changed', 'light', 'full']];
    expect((await diff(below, ['HEAD^', `../../${FILE}`])).agents).toEqual(upper);
    repository.write({ [`new/${FILE}`]: GOOD });
    const fresh = { folder: join(repository.folder, 'new') };
    expect(await diff(fresh, ['HEAD'])).toMatchObject({
      code: 0,
      errors: [],
      agents: [['good', FILE, 'added', null, 'light']],
    });
  });

  test('what a hook sets does not lead astray', async () => {
    const repository = repositoryOf({ [`a/${FILE}`]: GOOD }, { [`a/${FILE}`]: WRITER });
    const below = { folder: join(repository.folder, 'a') };
    const hook = { ...ENV, GIT_DIR: join(repository.folder, '.git'), GIT_INDEX_FILE: '.git/index', GIT_PREFIX: '' };
    expect((await diff(below, ['HEAD^'], hook)).agents).toEqual(ROSE);
    const elsewhere = two();
    expect((await diff(elsewhere, ['HEAD^'], hook)).agents).toEqual(ROSE);
    // Files that are kept in a store of another name, as some keep their home folder.
    const folder = folderWith({ [FILE]: WRITER });
    const named = { ...ENV, GIT_DIR: join(elsewhere.folder, '.git'), GIT_WORK_TREE: folder };
    expect((await diff({ folder }, ['HEAD^'], named)).agents).toEqual(ROSE);
  });

  test('without git two paths can still be compared', async () => {
    const folder = folderWith({ [`old/${FILE}`]: GOOD, [`new/${FILE}`]: WRITER });
    const env = { PATH: '/nonexistent' };
    expect((await diff({ folder }, ['old', 'new'], env)).agents).toEqual([
      ['good', `new/${FILE}`, 'changed', 'light', 'full'],
    ]);
    expect((await diff({ folder }, [`old/${FILE}`, `new/${FILE}`], env)).agents).toHaveLength(1);
    const { code, err } = await diff({ folder }, ['main'], env);
    expect([code, err]).toEqual([2, expect.stringContaining('`git` was not found')]);
    expect((await diff({ folder }, ['main'])).err).toContain('this folder is in no git repository');
  });
});

describe('files of many kinds', () => {
  test('names with spaces, quotes, line breaks and letters of all kinds', async () => {
    const names = [
      'a b',
      'it\'s "so"',
      'two\nlines',
      'ünï-çödé',
      '漢字',
      'tab\there',
      'back\\slash',
      '-dash',
      ':colon',
      '*',
    ];
    const at = (text: string) =>
      Object.fromEntries(names.map((name, i) => [`${name}/${name}.agent.yaml`, text.replace('good', `good-${i}`)]));
    const repository = repositoryOf(at(GOOD), at(WRITER));
    const { agents, errors } = await diff(repository, ['HEAD^', 'HEAD']);
    expect(errors).toEqual([]);
    expect(agents?.map(([, file, change]) => [file, change]).sort()).toEqual(
      names.map((name) => [`${name}/${name}.agent.yaml`, 'changed']).sort(),
    );
    expect((await diff(repository, ['HEAD'])).agents?.every(([, , change]) => change === 'same')).toBe(true);
  });

  test('links: inside they lead on, outside and round in a loop they are told', async () => {
    const repository = repositoryOf();
    repository.write({ 'real/x.yaml': GOOD, 'deep/er/y.md': '' });
    const link = (to: string, at: string) => symlinkSync(to, join(repository.folder, at));
    link('real/x.yaml', FILE);
    link('deep/er', 'short');
    repository.commit();
    repository.write({ 'real/x.yaml': WRITER });
    repository.commit();
    expect((await diff(repository, ['HEAD^', 'HEAD'])).agents).toEqual(ROSE);
    // By way of a link to a folder: up from where it leads to.
    rmSync(join(repository.folder, FILE));
    link('short/../../real/x.yaml', FILE);
    repository.commit();
    const wrong = await diff(repository, ['HEAD', 'HEAD^']);
    expect(wrong).toMatchObject({ code: 0, errors: [], agents: [['good', FILE, 'same', 'full', 'full']] });
    rmSync(join(repository.folder, FILE));
    link('../secret.yaml', FILE);
    link('/etc/hostname', 'abs.agent.yaml');
    link('loop-b.agent.yaml', 'loop-a.agent.yaml');
    link('loop-a.agent.yaml', 'loop-b.agent.yaml');
    repository.commit();
    const { code, agents, errors } = await diff(repository, ['HEAD^', 'HEAD']);
    expect(code).toBe(2);
    expect(errors.sort()).toEqual([
      '`abs.agent.yaml` is a symbolic link that leads out of the repository in `HEAD`',
      '`good.agent.yaml` is a symbolic link that leads out of the repository in `HEAD`',
      '`loop-a.agent.yaml` is a loop of symbolic links in `HEAD`',
      '`loop-b.agent.yaml` is a loop of symbolic links in `HEAD`',
    ]);
    expect(agents).toEqual([['good', FILE, 'changed', 'full', null]]);
  });

  test('what is too large, binary or kept elsewhere is told, and the rest is compared', async () => {
    const repository = repositoryOf({
      [FILE]: GOOD,
      'big.agent.yaml': GOOD,
      'lfs.agent.yaml': GOOD.replace('good', 'l'),
    });
    repository.write({
      'big.agent.yaml': `# ${'x'.repeat(1024 * 1024)}\n${GOOD}`,
      'lfs.agent.yaml': `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12\n`,
      'zero.agent.yaml': 'a\0b',
      [FILE]: WRITER,
    });
    repository.commit();
    const { code, agents, errors } = await diff(repository, ['HEAD^', 'HEAD']);
    expect([code, agents?.find(([, file]) => file === FILE)]).toEqual([2, ROSE[0]]);
    expect(errors.sort()).toEqual([
      expect.stringMatching(/^`big\.agent\.yaml` has 10\d+ bytes in `HEAD`, and at most 1048576 are read$/),
      '`lfs.agent.yaml` is kept in Git LFS, and `HEAD` holds only a pointer to it',
      '`zero.agent.yaml` is not a text file',
    ]);
    expect(agents?.filter(([, , change]) => change === 'removed')).toEqual([]);
  });

  test('a hundred thousand files', { timeout: 240_000 }, async () => {
    const repository = repositoryOf({ [FILE]: GOOD });
    const blob = repository.git('rev-parse', `HEAD:${FILE}`).trim();
    const lines = Array.from({ length: 100_000 }, (_, i) => `100644 ${blob}\tsrc/${i % 300}/file-${i}.ts\n`);
    git(repository.folder, ['update-index', '--index-info'], lines.join(''));
    repository.git('commit', '--quiet', '-m', 'many');
    repository.git('rm', '--quiet', '--cached', '-r', 'src');
    repository.write({ [FILE]: WRITER });
    repository.git('add', FILE);
    repository.git('commit', '--quiet', '-m', 'few');
    expect((await diff(repository, ['HEAD^', 'HEAD'])).agents).toEqual(ROSE);
  });
});

describe('submodules', () => {
  const withSubmodule = () => {
    const library = two();
    const repository = repositoryOf({ 'own.agent.yaml': GOOD.replace('good', 'own') });
    repository.git('submodule', '--quiet', 'add', library.folder, 'libs/one');
    const inner = repositoryIn(join(repository.folder, 'libs/one'));
    inner.git('checkout', '--quiet', 'HEAD^');
    repository.commit('old');
    inner.git('checkout', '--quiet', 'main');
    repository.commit('new');
    return { library, repository, inner };
  };
  const OWN = ['own', 'own.agent.yaml', 'same', 'light', 'light'];
  const SUB = ['good', `libs/one/${FILE}`, 'changed', 'light', 'full'];

  test('are compared at the commits that each side records', async () => {
    const { repository, inner } = withSubmodule();
    expect((await diff(repository, ['HEAD^', 'HEAD'])).agents).toEqual([SUB, OWN]);
    expect((await diff(repository, ['HEAD^'])).agents).toEqual([SUB, OWN]);
    inner.git('checkout', '--quiet', 'HEAD^');
    expect((await diff(repository, ['HEAD'])).agents?.find(([id]) => id === 'good')).toEqual([
      'good',
      `libs/one/${FILE}`,
      'changed',
      'full',
      'light',
    ]);
  });

  test('a commit that is not there is an error, and nothing is told as gone', async () => {
    const { repository, inner } = withSubmodule();
    const gone = '1'.repeat(40);
    repository.git('update-index', '--cacheinfo', `160000,${gone},libs/one`);
    repository.git('commit', '--quiet', '-m', 'elsewhere');
    const { code, agents, errors } = await diff(repository, ['HEAD^', 'HEAD']);
    expect(errors).toEqual(['the commit `111111111111` of the submodule `libs/one` is not in this clone of it']);
    expect([code, agents]).toEqual([2, [OWN, ['good', `libs/one/${FILE}`, 'changed', 'full', null]]]);
    expect((await diff(repository, ['HEAD', 'HEAD^'])).errors[0]).toContain('in `HEAD`: the commit `111111111111`');
    expect((await diff(repository, ['HEAD'])).agents).toContainEqual([
      'good',
      `libs/one/${FILE}`,
      'changed',
      null,
      'full',
    ]);
    expect(inner.folder).toBe(realpathSync(inner.folder));
  });

  test('one that nobody checks out is silent until it moves', async () => {
    const { repository } = withSubmodule();
    repository.git('submodule', '--quiet', 'deinit', '--force', 'libs/one');
    expect(await diff(repository, ['HEAD'])).toMatchObject({ code: 0, errors: [], agents: [OWN] });
    const moved = await diff(repository, ['HEAD^', 'HEAD']);
    expect(moved).toMatchObject({ code: 0, agents: [OWN] });
    expect(moved.errors).toEqual([
      expect.stringMatching(/^in `HEAD\^`: the submodule `libs\/one` at `[0-9a-f]{12}` is not checked out here$/),
      expect.stringMatching(/^the submodule `libs\/one` at `[0-9a-f]{12}` is not checked out here$/),
    ]);
    expect((await diff(repository, ['HEAD^'])).errors).toHaveLength(1);
    mkdirSync(join(repository.folder, 'empty'));
    expect((await diff({ folder: join(repository.folder, 'empty') }, ['HEAD^', 'HEAD'])).code).toBe(3);
  });
});
