import { createHash } from 'node:crypto';
import { isAbsolute, join } from 'node:path';

export interface Machine {
  platform: string;
  env: Record<string, string | undefined>;
  /** Home of the user. */
  home: string;
}

/** Undefined where the machine names no folder for it. */
export function stateFolder({ platform, env, home }: Machine): string | undefined {
  const named = platform === 'win32' ? env.LOCALAPPDATA : env.XDG_STATE_HOME;
  if (named !== undefined && isAbsolute(named)) return join(named, 'stakes', 'counters');
  if (platform === 'win32' || !isAbsolute(home)) return undefined;
  return join(home, '.local', 'state', 'stakes', 'counters');
}

/** One file for each place that a policy lies in, so that no session and no working directory has a count of its own. */
export function countersName(agent: string, bundle: string): string {
  const place = createHash('sha256').update(bundle).digest('hex').slice(0, 16);
  return `${agent.replace(/[^A-Za-z0-9-]/g, '_').slice(0, 60)}-${place}.json`;
}
