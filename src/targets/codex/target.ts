import { defineTarget } from '../define.ts';
import { configFile, managedFile, requirementsFile } from './config.ts';
import { launcherScript } from './launcher.ts';
import { lossesOf } from './losses.ts';
import { planOf } from './plan.ts';
import { usageOf } from './usage.ts';

export const target = defineTarget({
  id: 'codex',
  title: 'Codex',
  summary: 'settings and a launcher for one session of Codex, and requirements for a machine',
  revision: 1,
  installs: [
    { way: 'launcher', id: 'launcher', script: 'launch.sh' },
    {
      way: 'file',
      id: 'requirements',
      from: 'requirements.toml',
      to: { linux: '/etc/codex/requirements.toml' },
      caution: 'it holds servers and sandbox; what each tool may do is in `managed_config.toml`, so install that too',
    },
    {
      way: 'file',
      id: 'managed',
      from: 'managed_config.toml',
      to: { linux: '/etc/codex/managed_config.toml' },
      caution: 'servers that it does not name are still started without `requirements.toml`, so install that too',
    },
  ],
  enforces: ['approval-gates'],
  proof: 'engine',
  usage: usageOf,
  emit: (policy) => {
    const plan = planOf(policy);
    return {
      files: [
        { path: 'config.toml', content: configFile(plan) },
        { path: 'launch.sh', content: launcherScript(plan), executable: true },
        { path: 'managed_config.toml', content: managedFile(plan) },
        { path: 'requirements.toml', content: requirementsFile(plan) },
      ],
      losses: lossesOf(policy, plan),
    };
  },
});
