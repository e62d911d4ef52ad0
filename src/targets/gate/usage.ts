import type { Policy } from '../../model/policy.ts';
import { callCapWords } from '../cap-words.ts';
import { referencesIn, usedServers } from './entries.ts';

export function usageOf(policy: Policy): string {
  const folder = `.stakes/${policy.root}/gate`;
  const agents = Object.values(policy.agents);
  const asks = agents.some(({ tools }) => Object.values(tools).some(({ decision }) => decision === 'ask'));
  const others = agents.filter((agent) => agent.id !== policy.root && usedServers(agent).length > 0);
  const variables = new Set(
    agents.flatMap((agent) => usedServers(agent).flatMap(([, server]) => referencesIn(server))),
  );
  return [
    'Each server of the policy is started behind `stakes gate`, which lets through what the policy lets through and keeps signed records. The client needs `stakes` on its PATH (`npm install -g stakes`); without it no server starts.',
    '',
    `- **One session:** \`claude --strict-mcp-config --mcp-config ${folder}/mcp.json\`, from the project's folder.`,
    '- **The project:** `stakes apply -t gate --as mcp-json` puts the file in the place of `.mcp.json`, which Claude Code reads; `--as cursor` and `--as vscode` do it for those. Servers that the manifest does not list are no longer in the file then; `--undo` brings the old one back.',
    ...(others.length > 0
      ? [
          `- **Subagents** have files of their own: ${others.map(({ id }) => `\`${id}\``).join(', ')}, in \`${folder}/mcp\`.`,
        ]
      : []),
    ...(variables.size > 0
      ? [`- **Environment:** set ${listed(variables)} where the client starts; the files only name them.`]
      : []),
    ...(asks
      ? ['- **Approvals:** `stakes approvals`, in another terminal, lists the calls that wait for a person.']
      : []),
    ...callCapWords(policy).map((words) => `- ${words}`),
    '- **Records:** `stakes audit verify` checks them; the gate says at its start where they are.',
    '- To try it out, put `"--shadow"` after `"gate"`: nothing is stopped, and the records say what would have been.',
  ].join('\n');
}

const listed = (names: ReadonlySet<string>) =>
  [...names]
    .sort()
    .map((name) => `\`${name}\``)
    .join(', ');
