import type { Policy } from '../../model/policy.ts';
import { callCapWords } from '../cap-words.ts';
import { planOf } from '../claude-code/plan.ts';
import { mcpServersOf, referencedVariables } from '../claude-code/servers.ts';

export function usageOf(policy: Policy): string {
  const plan = planOf(policy, 'launcher');
  const variables = referencedVariables(mcpServersOf(plan));
  const asks = [plan.root, ...plan.subagents].some(({ rights }) => rights.some(({ decision }) => decision === 'ask'));
  const { turnsPerSession, usdPerSession, usdPerDay } = plan.root.policy.limits;
  return [
    'Pass the options of `options.mjs` to the SDK as they are:',
    '',
    '```js',
    "import { query } from '@anthropic-ai/claude-agent-sdk';",
    `import { optionsFor } from './.stakes/${policy.root}/agent-sdk/options.mjs';`,
    '',
    ...(asks
      ? [
          '// Ask a person here; only `true` lets the call through.',
          'const approve = async ({ tool, input }) => false;',
          "for await (const message of query({ prompt: 'the task', options: optionsFor({ approve }) })) console.log(message);",
        ]
      : ["for await (const message of query({ prompt: 'the task', options: optionsFor() })) console.log(message);"]),
    '```',
    '',
    ...(variables.length > 0
      ? [`- Set ${variables.map((name) => `\`${name}\``).join(', ')} first: \`optionsFor\` throws without.`]
      : []),
    '- Before each call, of subagents too, a hook in your own process checks arguments, counts calls and refuses what the policy does not list. It needs `policy.json` where it lies.',
    '- Settings of the user and of the project are not read. Rules of the policy are in `settings`; never add to `allowedTools`: what stands there is not asked about.',
    ...(turnsPerSession === null && usdPerSession === null && usdPerDay === null
      ? []
      : [
          '- When a session reaches its cap on turns or dollars, the SDK gives a result that says so and then throws. Dollars are looked at after a turn, so that a session can cost its cap and one turn more.',
        ]),
    ...callCapWords(policy).map((words) => `- ${words}`),
    '- Counters lie in `$XDG_STATE_HOME/stakes/counters` (else `~/.local/state/stakes/counters`). Days end at midnight UTC.',
  ].join('\n');
}
