import { posix } from 'node:path';
import { visible } from './runner.mjs';
import { code, count, shellWord } from './words.mjs';

const LOCK = 'stakes.lock.json';
const WORDS = {
  missing: 'its files were committed and are gone',
  'manifest-changed': 'the manifest changed since its files were generated',
  edited: 'its files were edited or removed by hand',
  'policy-changed': 'the same manifest now gives another policy',
  'targets-changed': 'the configuration now allows other targets',
};

/** Are the committed files what their manifests give? `base`: where files must not just vanish; undefined: nowhere. */
export function bundles(stakes, git, base) {
  const here = locksIn(git(['ls-files', '-z', '--', `*${LOCK}`]));
  const before = base === undefined ? [] : locksIn(git(['ls-tree', '-r', '-z', '--name-only', base]));
  const committed = new Set([...here, ...before].map((path) => posix.dirname(path)));
  if (committed.size === 0) return { code: 0, failures: [], notes: ['no generated files are committed'], err: '' };
  const ran = stakes('check', []);
  const { results, errors } = parsed(ran.out);
  const failures = results.flatMap((result) => failuresOf(result, committed));
  if (errors.length > 0) {
    const what = `the generated files could not be checked: ${errors.map(({ message }) => visible(message)).join('; ')}`;
    failures.push({ code: 2, what, mend: 'stakes generate --check' });
  } else if (ran.code > 1 && ran.code !== 3)
    failures.push({ code: ran.code, what: 'the check of generated files failed', mend: 'stakes generate --check' });
  return { code: ran.code, failures, notes: notesOf(results, here, errors), err: ran.err };
}

function failuresOf({ file, agent, folder, state, installed }, committed) {
  const fail = (what, mend) => ({ code: 1, file, what: `${visible(agent)}: ${what}`, mend });
  const gone = installed.filter(({ path, state: how }) => how !== 'holds' && isOfProject(path));
  const isWrong = Object.hasOwn(WORDS, state) && (state !== 'missing' || committed.has(folder));
  return [
    ...(isWrong
      ? [fail(WORDS[state], `stakes generate ${shellWord(file)}${state === 'edited' ? ' --force' : ''}`)]
      : []),
    ...gone.map(({ path }) =>
      fail(`\`${visible(path)}\` does not hold what was installed`, `stakes apply ${shellWord(file)} --check`),
    ),
  ];
}

function notesOf(results, here, errors) {
  const newer = results.filter(({ state }) => state === 'emitter-newer').length;
  const none = results.filter(({ state }) => state === 'missing').length;
  const folders = new Set(results.map(({ folder }) => folder));
  const orphans = errors.length > 0 ? [] : here.filter((path) => !folders.has(posix.dirname(path)));
  return [
    ...(newer > 0
      ? [`${count(newer, 'bundle')} would be written differently by this version, with the same policy`]
      : []),
    ...(none > 0 ? [`${count(none, 'agent')} without generated files`] : []),
    ...orphans.map((path) => `${code(path)} is of no agent here, and was not checked`),
  ];
}

/** What is installed elsewhere is on another machine. */
const isOfProject = (path) => !/^(?:[~/\\]|\.\.(?:\/|$)|[A-Za-z]:)/.test(path);

const locksIn = (out = '') => out.split('\0').filter((path) => posix.basename(path) === LOCK);

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { results: [], errors: [] };
  }
}
