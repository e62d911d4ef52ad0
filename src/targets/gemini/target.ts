import { defineTarget } from '../define.ts';
import { launcherScript } from './launcher.ts';
import { lossesOf } from './losses.ts';
import { planOf } from './plan.ts';
import { policyFile } from './policy-file.ts';
import { settingsFile } from './settings.ts';
import { usageOf } from './usage.ts';

export const target = defineTarget({
  id: 'gemini',
  title: 'Gemini CLI',
  summary: 'rules for the policy engine of Gemini CLI, arguments included, and settings with a cap on turns',
  revision: 1,
  installs: [
    { way: 'launcher', id: 'launcher', script: 'launch.sh' },
    {
      way: 'file',
      id: 'policy',
      from: 'policy.toml',
      to: { linux: '/etc/gemini-cli/policies/stakes.toml' },
      caution:
        'Gemini CLI ignores it where anybody but root may write the folder; servers and turns are in `settings.json`',
    },
    {
      way: 'file',
      id: 'settings',
      from: 'settings.json',
      to: { linux: '/etc/gemini-cli/settings.json' },
      caution: 'what each tool may do is in `policy.toml`, so install that too',
    },
  ],
  enforces: ['deny-by-default', 'approval-gates', 'loop-limit'],
  proof: 'engine',
  usage: usageOf,
  emit: (policy) => {
    const plan = planOf(policy);
    const rules = policyFile(plan.rules, policy.protectedPaths);
    return {
      files: [
        { path: 'launch.sh', content: launcherScript(plan, rules), executable: true },
        { path: 'policy.toml', content: rules },
        { path: 'settings.json', content: settingsFile(plan) },
      ],
      losses: lossesOf(policy, plan),
    };
  },
});
