import type { Loss, Policy } from '../../model/policy.ts';
import { defineTarget, type Emission } from '../define.ts';
import { agentsOf } from './agents.ts';
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
  revision: 1,
  installs: INSTALLS,
  enforces: ['approval-gates', 'loop-limit', 'spend-cap'],
  proof: 'engine',
  usage: usageOf,
  emit,
});

function emit(policy: Policy): Emission {
  const session = planOf(policy, 'launcher');
  const settings = planOf(policy, 'settings');
  const sessionRules = permissionsOf(session, policy.protectedPaths);
  const settingsRules = permissionsOf(settings, policy.protectedPaths);
  const servers = mcpServersOf(session);
  return {
    files: [
      json('agents.json', agentsOf(session)),
      { path: 'launch.sh', content: launcherScript(session, referencedVariables(servers)), executable: true },
      json('launcher-settings.json', launcherSettings(session, sessionRules)),
      json('managed-settings.json', managedSettings(settings, settingsRules)),
      json('mcp.json', { mcpServers: servers }),
      json('settings.json', projectSettings(settings, settingsRules)),
    ],
    losses: [...session.losses, ...onlyIn(settings.losses, session.losses), ...policyLosses(policy, session)],
  };
}

/** Losses of the settings files that the launcher does not have. */
function onlyIn(losses: readonly Loss[], known: readonly Loss[]): Loss[] {
  const texts = new Set(known.map((loss) => JSON.stringify(loss)));
  return losses
    .filter((loss) => !texts.has(JSON.stringify(loss)))
    .map((loss) => ({ ...loss, message: `in \`settings.json\` and \`managed-settings.json\`: ${loss.message}` }));
}

function json(path: string, content: object) {
  return { path, content: `${JSON.stringify(content, null, 2)}\n` };
}
