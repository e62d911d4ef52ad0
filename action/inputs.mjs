import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';

const CHOICES = {
  'lint-fail-on': ['', 'note', 'warning', 'error', 'never'],
  comment: ['auto', 'never'],
  sarif: ['auto', 'never'],
  trust: ['auto', 'forks', 'never'],
  'check-generated': ['true', 'false'],
  annotations: ['github', 'matcher', 'never'],
};
const FAIL_ON = ['tier-up', 'new-under', 'loosened'];

/** The inputs of the action, which come by the environment: nothing of them is ever part of a script. */
export function inputsOf(env) {
  const given = (name) => (env[`STAKES_${name.toUpperCase().replaceAll('-', '_')}`] ?? '').trim();
  const inputs = { base: given('base'), program: given('program'), author: given('comment-author') };
  for (const [name, words] of Object.entries(CHOICES)) {
    const word = given(name) || words[0];
    if (!words.includes(word)) return { wrong: `the input \`${name}\` is \`${word}\`; it can be ${listed(words)}` };
    inputs[name] = word;
  }
  const failOn = given('fail-on')
    .split(/[\s,]+/)
    .filter((word) => word !== '' && word !== 'never');
  const unknown = failOn.find((word) => !FAIL_ON.includes(word));
  if (unknown !== undefined)
    return { wrong: `the input \`fail-on\` has \`${unknown}\`; it can have ${listed([...FAIL_ON, 'never'])}` };
  return { ...inputs, failOn: [...new Set(failOn)], ...folderOf(env, given('working-directory') || '.') };
}

/** `prefix`: from the repository to the folder, with `/`; empty or with `/` at its end. */
function folderOf({ GITHUB_WORKSPACE: workspace = '' }, given) {
  try {
    const root = realpathSync(workspace);
    const cwd = realpathSync(resolve(root, given));
    if (!isBelow(root, cwd)) return { wrong: `\`working-directory\` (\`${given}\`) leads out of the checkout` };
    if (!statSync(cwd).isDirectory()) return { wrong: `\`working-directory\` (\`${given}\`) is no folder` };
    const steps = relative(root, cwd).split(sep).join('/');
    return { root, cwd, prefix: steps === '' ? '' : `${steps}/` };
  } catch {
    return { wrong: `\`working-directory\` (\`${given}\`) is not there; is actions/checkout before this step?` };
  }
}

/** Is the path the folder, or in it? Both with links followed. */
export function isBelow(folder, path) {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const listed = (words) =>
  words
    .filter((word) => word !== '')
    .map((word) => `\`${word}\``)
    .join(', ');
