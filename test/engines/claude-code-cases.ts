import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../src/model/policy.ts';
import { writeIn } from '../../src/probe/workspace.ts';
import { CONFUSED_NAMES, ODD_NAMES, TREE } from '../../src/targets/claude-code/sample.fixture.ts';
import { target } from '../../src/targets/claude-code/target.ts';

/** A policy, and the bundle that was generated from it. */
export type Case = { name: string; policy: Policy; bundle: string };

const root = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'stakes-claude-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

export function allCases(): Case[] {
  // Odd names take a minute, and the full run has them.
  const made = process.env.STAKES_SMOKE === '1' ? [TREE] : [ODD_NAMES, CONFUSED_NAMES, TREE];
  return [...examples(), ...made.map(handMade)];
}

function examples(): Case[] {
  const names = readdirSync(join(root, 'examples'))
    .filter((name) => name.endsWith('.agent.yaml'))
    .sort();
  const chosen =
    process.env.STAKES_SMOKE === '1' ? names.filter((name) => /^(pr-steward|release-scout)\./.test(name)) : names;
  const command = [
    join(root, 'bin/stakes.js'),
    'generate',
    ...chosen.map((name) => join('examples', name)),
    '--out',
    scratch,
  ];
  execFileSync(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  return readdirSync(scratch).map((name) => {
    const bundle = join(scratch, name);
    return { name, bundle, policy: JSON.parse(readFileSync(join(bundle, 'policy.json'), 'utf8')) as Policy };
  });
}

export function handMade(policy: Policy): Case {
  const bundle = join(scratch, policy.root);
  for (const { path, content } of target.emit(policy).files) writeIn(bundle, `claude-code/${path}`, content);
  writeIn(bundle, 'policy.json', JSON.stringify(policy));
  return { name: policy.root, policy, bundle };
}
