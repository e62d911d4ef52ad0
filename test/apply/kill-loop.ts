import { join } from 'node:path';
import { changesFile } from '../../src/apply/change.ts';
import { commit } from '../../src/apply/commit.ts';
import { lockIn } from '../../src/apply/lock.ts';
import { propose } from '../../src/apply/propose.ts';
import { inProject } from '../../src/apply/read.ts';
import { choiceOf, keyOf } from '../../src/apply/select.ts';
import { proposeUndo } from '../../src/apply/undo.ts';
import { sourceIn } from '../../src/cli/installing.ts';
import { target } from '../../src/targets/claude-code/target.ts';

const [project = '', state = ''] = process.argv.slice(2);
const bundle = join(project, '.stakes/desk');
const choice = choiceOf([target], 'claude-code/project');
const installation = choice?.installation;
if (!choice || installation?.way !== 'merge') throw new Error('nothing to merge');
const source = sourceIn(bundle, `claude-code/${installation.from}`);
if (!source) throw new Error('nothing is generated');
const key = keyOf(choice);
const destination = inProject(project, installation.into, installation.into);

/** Applies and takes back for ever: what the command does once a person said yes, without the time that it takes to get there. */
for (let i = 0; ; i++) {
  const previous = lockIn(bundle)?.installed?.[key];
  const made = previous
    ? proposeUndo({ key, destination, previous, state }, 'merge')
    : propose({ key, installation, destination, source, previous });
  if (made.state !== 'ok') throw new Error(JSON.stringify(made.problems));
  if (!changesFile(made.value)) throw new Error('nothing to write');
  const problem = commit(made.value, { bundle, state });
  if (problem) throw new Error(problem.message);
  if (i === 1) process.stdout.write('begun');
}
