import { isAbsolute, join } from 'node:path';

export interface Machine {
  platform: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Home of the user. */
  home: string;
}

/** Where Stakes keeps what belongs in no repository. Undefined: the machine names no folder for it. */
export function stateFolder({ platform, env, home }: Machine): string | undefined {
  const usual = platform === 'win32' ? env.LOCALAPPDATA : join(home, '.local', 'state');
  const base = [env.XDG_STATE_HOME, usual].find((path) => path !== undefined && isAbsolute(path));
  return base === undefined ? undefined : join(base, 'stakes');
}
