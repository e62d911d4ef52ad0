import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { child } from './child.mjs';
import { isBelow } from './inputs.mjs';

const OWN = dirname(dirname(fileURLToPath(import.meta.url)));

/** The stakes to run: one that is installed, or that of this action, built from its sources by its own lock file. */
export function programOf(env, { program, root }, { name }) {
  if (program !== '') return installed(program, root, name);
  const own = join(OWN, 'bin', 'stakes.js');
  if (existsSync(join(OWN, 'dist'))) return { program: own };
  const steps = [
    ['npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']],
    [process.execPath, ['scripts/build.mjs']],
  ];
  for (const [file, args] of steps) {
    const { code, err } = child(env, file, args, { cwd: OWN, npm: true });
    if (code !== 0) return { wrong: `stakes cannot be built: \`${args.join(' ')}\` failed`, said: err };
  }
  return { program: own };
}

function installed(given, root, event) {
  try {
    const program = realpathSync(given);
    if (event === 'pull_request' && isBelow(root, program))
      return { wrong: `\`${given}\` lies in the checkout, so that a pull request says what is run` };
    return { program };
  } catch {
    return { wrong: `the input \`program\` (\`${given}\`) is not there` };
  }
}
