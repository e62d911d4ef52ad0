import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { openLog } from '../../src/audit/log.ts';
import { besidePackages } from './beside-packages.ts';

/** The built program beside the packages of this folder, as where somebody installed both, with a log to export. */
export interface Installed {
  folder: string;
  run(
    argv: readonly string[],
    env?: Record<string, string>,
  ): Promise<{ code: number | null; out: string; err: string }>;
  remove(): void;
}

export const ORIGIN = 'example.com/export';

/** Calls of the log: each has an outcome; every fifth is refused, every tenth was approved by `ann`. */
export function installed(calls: number): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-export-'));
  const program = besidePackages(folder);
  writeLog(folder, calls);
  return {
    folder,
    run: (argv, more = {}) =>
      new Promise((done, fail) => {
        const env = { PATH: process.env.PATH ?? '', HOME: folder, NO_COLOR: '1', ...more };
        const child = spawn(process.execPath, [program, ...argv], { cwd: folder, env });
        let [out, err] = ['', ''];
        child.stdout.on('data', (chunk) => (out += chunk));
        child.stderr.on('data', (chunk) => (err += chunk));
        child.on('error', fail);
        child.on('close', (code) => done({ code, out, err }));
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function writeLog(folder: string, calls: number): void {
  const log = openLog({ folder: join(folder, 'log'), keys: join(folder, 'keys'), origin: ORIGIN, durable: false });
  for (let i = 0; i < calls; i++) {
    const refused = i % 5 === 0;
    const asked = i % 10 === 1;
    const approval = {
      answer: 'approved',
      by: 'ann',
      channel: 'inbox',
      waitedSeconds: 1.5,
      reason: 'é, "so"',
    } as const;
    const intent = log.intent({
      agent: 'desk',
      tool: i % 2 ? 'stripe/create_refund' : 'kb/search',
      session: `s-${i % 7}`,
      arguments: { amount: i },
      record: ['/amount'],
      decision: refused ? 'deny' : asked ? 'ask' : 'allow',
      rule: refused ? 'arguments' : asked ? 'asks' : 'allowed',
      reason: 'a reason,\nwith a "line" of its own',
      policy: `sha256:${'0'.repeat(64)}`,
      mode: 'enforce',
      approval: asked ? approval : null,
      reservedUsd: 0.25,
    });
    log.outcome({ intent, outcome: refused ? 'refused' : 'ok', settledUsd: refused ? 0 : 0.25, durationMs: i % 9 });
  }
  log.close();
}
