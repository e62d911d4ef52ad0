import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import type { ApprovalsReport } from '../../../src/model/approvals.ts';
import type { Workspace } from '../../../src/probe/workspace.ts';
import { environment } from './gated.ts';

const bin = join(import.meta.dirname, '../../../bin/stakes.js');

/** The built program, as somebody would run it in another terminal. */
export function stakes(workspace: Workspace, ...args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: workspace.project,
      env: environment(workspace),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('close', (code) => done({ code, said }));
  });
}

type Waiting = ApprovalsReport['waiting'][number];

/** The one call that waits for a person, once it does. */
export async function waitingCall(workspace: Workspace, limitMs = 30_000): Promise<Waiting> {
  for (const until = Date.now() + limitMs; Date.now() < until; await wait(100)) {
    const { said } = await stakes(workspace, 'approvals', '-f', 'json');
    const [first] = (JSON.parse(said) as ApprovalsReport).waiting;
    if (first !== undefined) return first;
  }
  throw new Error('no call waits for a person');
}

/** What `stakes audit verify` says of the only log there is. */
export function verified(workspace: Workspace): ReturnType<typeof stakes> {
  const folder = join(workspace.root, 's/stakes/audit');
  const [log = '', ...others] = readdirSync(folder);
  if (others.length > 0) throw new Error(`more than one log: ${others.join(', ')}`);
  return stakes(workspace, 'audit', 'verify', join(folder, log));
}
