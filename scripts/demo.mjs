// `npm start`: the main job on one example, as a user would type it.
import { spawnSync } from 'node:child_process';
import process from 'node:process';

const manifest = 'examples/schema-shepherd.agent.yaml';
for (const args of [
  ['assess', manifest],
  ['generate', manifest, '--out', 'out', '--force'],
]) {
  console.log(`\n$ stakes ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, ['bin/stakes.js', ...args], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 4);
}
