import { createWorkspace, writeIn } from '../probe/workspace.ts';
import { findEngine } from '../prove/find.ts';
import type { Launch } from '../scan/start/launch.ts';
import { isSrtHost } from '../targets/srt/hosts.ts';
import { prover } from '../targets/srt/prover.ts';
import { scanSettings } from '../targets/srt/scan.ts';
import type { Io } from './io.ts';

export interface Box {
  boxed(launch: Launch): Launch;
  remove(): void;
}

/** A sandbox that servers are started in, with a home of its own that is gone afterwards. */
export async function boxOf(hosts: readonly string[], io: Io): Promise<Box | { reason: string }> {
  if (!io.env.HOME) return { reason: '`HOME` is not set, so nobody knows where secrets are' };
  const unfit = hosts.find((host) => !isSrtHost(host));
  if (unfit !== undefined) return { reason: `it does not take the host \`${unfit}\`` };
  const found = await findEngine(prover, { project: io.cwd, cwd: io.cwd, path: io.env.PATH ?? '', given: new Map() });
  if (found.state !== 'found') return { reason: `${found.reason}; install it: ${prover.install}` };
  const workspace = createWorkspace();
  const settings = writeIn(
    workspace.root,
    'srt.json',
    JSON.stringify(scanSettings(hosts, { real: io.env.HOME, own: workspace.home })),
  );
  return {
    boxed(launch) {
      if (launch.kind !== 'stdio') return launch;
      const { command, args, env } = launch;
      return {
        ...launch,
        command: found.engine.path,
        // Without `--`, srt would take options of the server for its own.
        args: ['--settings', settings, '--', command, ...args],
        // Node goes past a proxy unless told otherwise, and past srt's there is no way out.
        env: { ...env, ...(hosts.length > 0 ? { NODE_USE_ENV_PROXY: '1' } : {}), HOME: workspace.home },
      };
    },
    remove: workspace.remove,
  };
}
