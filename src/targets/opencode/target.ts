import { defineTarget } from '../define.ts';
import { configOf } from './config.ts';
import { launcherScript } from './launcher.ts';
import { lossesOf } from './losses.ts';
import { planOf } from './plan.ts';
import { usageOf } from './usage.ts';

export const target = defineTarget({
  id: 'opencode',
  title: 'OpenCode',
  summary: 'agents with permission rules for OpenCode, and a launcher that keeps other settings from changing them',
  revision: 1,
  installs: [
    { way: 'launcher', id: 'launcher', script: 'launch.sh' },
    {
      way: 'file',
      id: 'managed',
      from: 'opencode.json',
      to: {
        linux: '/etc/opencode/opencode.json',
        darwin: '/Library/Application Support/opencode/opencode.json',
      },
    },
  ],
  enforces: ['approval-gates'],
  proof: 'engine',
  usage: usageOf,
  emit: (policy) => {
    const plan = planOf(policy);
    return {
      files: [
        { path: 'launch.sh', content: launcherScript(plan), executable: true },
        { path: 'opencode.json', content: configOf(plan) },
      ],
      losses: lossesOf(policy, plan),
    };
  },
});
