import type { Loss, Policy } from '../../model/policy.ts';
import { defineTarget, type Emission } from '../define.ts';
import { agentsOf } from './agents.ts';
import { hookFiles } from './hook-files.ts';
import { INSTALLS } from './installs.ts';
import { launcherScript } from './launcher.ts';
import { policyLosses } from './losses.ts';
import { permissionsOf } from './permissions.ts';
import { planOf } from './plan.ts';
import { mcpServersOf, referencedVariables } from './servers.ts';
import { launcherSettings, managedSettings, projectSettings } from './settings.ts';
import { usageOf } from './usage.ts';

export const target = defineTarget({
  id: 'claude-code',
  title: 'Claude Code',
  summary: 'permission rules for a project, a machine or one session, and a launcher with caps on turns and dollars',
  standard: true,
  revision: 4,
  installs: INSTALLS,
  enforces: ['rate-limit', 'spend-cap', 'loop-limit', 'approval-gates', 'deny-by-default'],
  proof: 'engine',
  usage: usageOf,
  emit,
});

function emit(policy: Policy): Emission {
  const session = planOf(policy, 'launcher');
  const managed = planOf(policy, 'managed');
  const project = planOf(policy, 'settings');
  const sessionRules = permissionsOf(session, policy.protectedPaths);
  const managedRules = permissionsOf(managed, policy.protectedPaths);
  const projectRules = permissionsOf(project, policy.protectedPaths);
  const servers = mcpServersOf(session);
  return {
    files: [
      json('agents.json', agentsOf(session)),
      ...hookFiles(policy, session, managed),
      { path: 'launch.sh', content: launcherScript(session, referencedVariables(servers)), executable: true },
      json('launcher-settings.json', launcherSettings(session, sessionRules)),
      json('managed-settings.json', managedSettings(managed, managedRules)),
      json('mcp.json', { mcpServers: servers }),
      json('settings.json', projectSettings(project, projectRules)),
    ],
    losses: [
      ...session.losses,
      ...onlyIn('`settings.json` and `managed-settings.json`', managed.losses, session.losses),
      ...onlyIn('`settings.json`', project.losses, [...managed.losses, ...session.losses]),
      ...policyLosses(policy, session),
    ],
  };
}

/** Losses of some files that are not known yet. */
function onlyIn(files: string, losses: readonly Loss[], known: readonly Loss[]): Loss[] {
  const texts = new Set(known.map((loss) => JSON.stringify(loss)));
  return losses
    .filter((loss) => !texts.has(JSON.stringify(loss)))
    .map((loss) => ({ ...loss, message: `in ${files}: ${loss.message}` }));
}

function json(path: string, content: object) {
  return { path, content: `${JSON.stringify(content, null, 2)}\n` };
}
