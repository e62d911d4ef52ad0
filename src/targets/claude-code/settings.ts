import { isPlainHost } from './built-in-rights.ts';
import type { HookWay } from './hook/data.ts';
import { hookSettings } from './hook-files.ts';
import { isAmbiguousServer, normalise } from './names.ts';
import { type Permissions, sorted } from './permissions.ts';
import type { Plan } from './plan.ts';

/** Keys that hold in every settings file; Claude Code drops a whole file over one bad value, so they stay few. */
const BOUNDS = {
  disableBypassPermissionsMode: 'disable',
  disableAutoMode: 'disable',
  blockReadsOutsideWorkingDirectories: true,
  blockWritesOutsideWorkingDirectories: true,
};

/** For a file that people share: only what narrows. */
export function projectSettings(plan: Plan, { ask, deny }: Permissions): object {
  return {
    permissions: { ask, deny, ...BOUNDS },
    ...hookSettings(plan.root.id, 'project'),
    // A hook that is switched off in the same file would look as if it held.
    disableAllHooks: false,
    ...sandbox(plan),
  };
}

export function launcherSettings(plan: Plan, permissions: Permissions, way: HookWay = 'launcher'): object {
  return {
    permissions: { ...permissions, ...BOUNDS, defaultMode: modeOf(permissions) },
    ...environment(plan),
    ...hookSettings(plan.root.id, way),
    ...sandbox(plan),
  };
}

export function managedSettings(plan: Plan, permissions: Permissions): object {
  return {
    ...launcherSettings(plan, permissions, 'managed'),
    allowManagedPermissionRulesOnly: true,
    // A hook of the project may answer `allow` for a tool that no rule names.
    allowManagedHooksOnly: true,
    ...allowedServers(plan),
  };
}

/** `dontAsk` refuses what no rule names; it refuses an `ask` too, so it fits only where nothing asks. */
function modeOf({ ask }: Permissions): string {
  return ask.length === 0 ? 'dontAsk' : 'default';
}

function environment({ root, subagents }: Plan): object {
  const { concurrentSubagents, turnsPerSession } = root.policy.limits;
  const env: Record<string, string> = {};
  if (turnsPerSession !== null) env.CLAUDE_CODE_MAX_TURNS = String(atLeastOne(turnsPerSession));
  if (subagents.length > 0) {
    env.CLAUDE_CODE_MAX_SUBAGENT_SPAWN_DEPTH = '1';
    if (concurrentSubagents !== null)
      env.CLAUDE_CODE_MAX_CONCURRENT_SUBAGENTS = String(atLeastOne(concurrentSubagents));
  }
  return Object.keys(env).length === 0 ? {} : { env };
}

/** Claude Code takes 0 turns for no limit. */
export function atLeastOne(count: number): number {
  return Math.max(1, Math.floor(count));
}

/** Only a shell runs in Claude Code's sandbox, and without one a missing bubblewrap must not stop the start. */
function sandbox(plan: Plan): object {
  const shells = [plan.root, ...plan.subagents].filter(({ rights }) =>
    rights.some(({ name, decision }) => name === 'Bash' && decision !== 'deny'),
  );
  if (shells.length === 0) return {};
  const hosts = shells.map(({ policy: { network } }) => (network.egress === 'listed' ? network.allowedHosts : []));
  const shared = (hosts[0] ?? []).filter((host) => isPlainHost(host) && hosts.every((list) => list.includes(host)));
  return {
    sandbox: {
      enabled: true,
      failIfUnavailable: true,
      allowUnsandboxedCommands: false,
      // The rules decide about each call, inside the sandbox too.
      autoAllowBashIfSandboxed: false,
      network: { allowedDomains: sorted(shared), strictAllowlist: true },
      filesystem: { denyRead: ['~/'] },
    },
  };
}

/** Claude Code accepts only plain names in this list, and blocks a server whose entry it cannot read. */
function allowedServers({ root }: Plan): object {
  const servers = Object.keys(root.policy.servers).filter((name) => !isAmbiguousServer(name));
  if (servers.some((name) => normalise(name) !== name)) return {};
  return { allowManagedMcpServersOnly: true, allowedMcpServers: sorted(servers).map((serverName) => ({ serverName })) };
}
