import type { Loss } from '../../model/policy.ts';

/** Held whatever the policy says: the rules themselves would be the first thing to change. */
const ALWAYS = ['.stakes/**', '.claude/**', '.mcp.json'];

/** `Edit` stands for every tool that writes files; `Write(…)` is accepted by Claude Code and never consulted. */
export function protectedRules(paths: readonly string[]): string[] {
  return [...ALWAYS, ...paths.filter(isSayable)].flatMap((path) => {
    if (path.startsWith('~')) return [`Edit(${path})`];
    if (isAbsolute(path)) return [`Edit(/${path})`];
    const inside = path.replace(/^(\.?\/)+/, '').replace(/\/$/, '/**');
    // The sandbox mounts paths without a leading glob read-only, and only those.
    return inside.startsWith('**/') ? [`Edit(${inside})`] : [`Edit(${inside})`, `Edit(**/${inside})`];
  });
}

const LINKS: Loss = {
  what: 'protectedPaths',
  message: 'where a protected path is a symbolic link, what it leads to can be written under its own name',
  instead: 'keep plain files there; `stakes apply` and `stakes generate` refuse links',
};

export function protectedLosses(paths: readonly string[], shell: boolean): Loss[] {
  const losses: Loss[] = [LINKS];
  const unsayable = paths.filter((path) => !isSayable(path));
  if (unsayable.length > 0) {
    const message = `${unsayable.map((path) => `\`${path}\``).join(', ')} cannot stand in a rule`;
    losses.push({ what: 'protectedPaths', message, instead: 'choose a path without parentheses and backslashes' });
  }
  const open = paths.filter((path) => /[*?[]/.test(path.replace(/\/\*\*$/, '')));
  if (shell && open.length > 0) {
    const message = `a program that a shell starts can still write ${open.map((path) => `\`${path}\``).join(', ')}`;
    const instead = 'let a code owner review changes to these files, or start `launch.sh` through the `srt` target';
    losses.push({ what: 'protectedPaths', message, instead });
  }
  return losses;
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') && path.lastIndexOf('/') > 0;
}

function isSayable(path: string): boolean {
  return path !== '' && !/[()\\\n\r]/.test(path) && !path.startsWith('!');
}
