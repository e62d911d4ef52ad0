import { type ChildProcess, spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';

export interface Started {
  /** The first line of what it printed that matches. */
  found: RegExpExecArray;
  child: ChildProcess;
}

/** Starts what listens, and waits until it says where; ended with the test. */
export async function listening(
  { command, args }: { command: string; args: readonly string[] },
  where: RegExp,
  env: Record<string, string>,
): Promise<Started> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGTERM'));
  let said = '';
  return new Promise((done, failed) => {
    const heard = (chunk: Buffer) => {
      said += chunk;
      const found = where.exec(said);
      if (found !== null) done({ found, child });
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    child.on('close', (code) => failed(new Error(`it ended (${code}) and said: ${said}`)));
  });
}
