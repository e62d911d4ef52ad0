import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runBounded } from '../../../probe/bounded.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';

/** A proof is over long before. */
const LIMIT_MS = 120_000;
const START_MS = 10_000;

export interface Running {
  stop(): Promise<void>;
}

/** Starts nginx with nothing but one file in its `http` block, in a folder of its own. Throws with what it says when it does not start. */
export async function startNginx(
  program: string,
  file: string,
  socket: string,
  workspace: Workspace,
): Promise<Running> {
  const { root, home, project } = workspace;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const config = writeIn(
    root,
    'nginx.conf',
    [
      'daemon off;',
      // One process, of this very user.
      'master_process off;',
      `pid ${root}/nginx.pid;`,
      `error_log ${root}/error.log;`,
      'events { worker_connections 64; }',
      'http {',
      '  access_log off;',
      ...temporary.map((name) => `  ${name}_temp_path ${root}/${name};`),
      `  include ${file};`,
      '}',
      '',
    ].join('\n'),
  );
  const run = (limitMs: number, ...more: string[]) =>
    runBounded({
      command: program,
      args: ['-p', root, '-e', join(root, 'error.log'), '-c', config, ...more],
      env: { HOME: home },
      cwd: project,
      limitMs,
    });
  const ended = run(LIMIT_MS);
  let over: string | undefined;
  const watched = ended.then(({ stderr }) => {
    over = stderr;
  });
  for (let waited = 0; !existsSync(socket); waited += 20) {
    if (over !== undefined) throw new Error(`nginx does not start: ${over.slice(0, 300)}`);
    if (waited > START_MS) throw new Error('nginx does not start in time');
    await wait(20);
  }
  return {
    async stop() {
      await run(START_MS, '-s', 'stop');
      await watched;
    },
  };
}
