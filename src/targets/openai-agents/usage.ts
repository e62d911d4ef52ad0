import type { Policy } from '../../model/policy.ts';
import { callCapWords } from '../cap-words.ts';
import { planOf } from './plan.ts';

export function usageOf(policy: Policy): string {
  const { data } = planOf(policy);
  const others = Object.keys(data.agents).filter((id) => id !== data.root);
  const text = JSON.stringify(data.agents);
  const variables = [...new Set([...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].map((match) => match[1] ?? ''))];
  return [
    'Open the agent with the SDK, and run it with the options that come with it:',
    '',
    '```js',
    "import * as sdk from '@openai/agents';",
    `import { openAgent } from './.stakes/${policy.root}/openai-agents/agent.mjs';`,
    '',
    'const { agent, runOptions, close } = await openAgent(sdk);',
    "let result = await sdk.run(agent, 'the task', runOptions);",
    'while (result.interruptions.length > 0) {',
    '  for (const call of result.interruptions) {',
    '    const yes = false; // ask a person about `call.rawItem`',
    '    if (yes) result.state.approve(call);',
    '    else result.state.reject(call);',
    '  }',
    '  result = await sdk.run(agent, result.state, runOptions);',
    '}',
    'await close();',
    '```',
    '',
    ...(others.length > 0
      ? [
          `- Other agents of the policy: \`openAgent(sdk, { agent: '${others[0]}' })\`, for ${others.map((id) => `\`${id}\``).join(', ')}.`,
        ]
      : []),
    ...(variables.length > 0
      ? [
          `- Set ${variables
            .sort()
            .map((name) => `\`${name}\``)
            .join(', ')} first: \`openAgent\` throws without.`,
        ]
      : []),
    '- Each tool of the servers is offered by itself, and checks the policy before it calls: arguments, counts, and what is not listed. It needs `policy.json` where it lies.',
    '- `openAgent` switches the tracing of the SDK off, which would send what tools say to OpenAI.',
    ...callCapWords(policy).map((words) => `- ${words}`),
    '- `maxTurns` is exact: a run that reaches it throws `MaxTurnsExceededError`.',
  ].join('\n');
}
