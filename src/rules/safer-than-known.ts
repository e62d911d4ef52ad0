import type { ToolFacts } from '../model/manifest.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { HOST_SHELLS, HOST_WRITERS } from './parts/host-tools.ts';
import { liveTools } from './parts/live.ts';

export const rule = defineRule({
  id: 'safer-than-known',
  since: '0.2.0',
  severity: 'error',
  direction: 'shape',
  title: "a host's built-in is declared safer than it is known to be",
  why: 'the tier rests on what is declared, and this is not what the host runs',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  Bash: { effect: write, reversible: true, impact: low }
  Edit: read
`,
        finds: ['/tools/Bash', '/tools/Edit'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  Bash: { arbitrary: true }
  Edit: write
  Read: read
  shell/Bash: read
`,
      `
schemaVersion: 1
agent: { id: desk }
tools:
  Bash: { effect: read, because: "the host's rules let through \`git log\` and nothing else" }
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      liveTools(agent).flatMap(([tool, facts]) => {
        const lie = facts.because === undefined ? underrated(tool, facts) : undefined;
        return lie === undefined
          ? []
          : [
              {
                agent,
                pointer: pointerOf('tools', tool),
                on: 'key' as const,
                message: `\`${tool}\` ${lie.fact}`,
                help: lie.help,
              },
            ];
      }),
    ),
});

function underrated(tool: string, { effect, arbitrary }: ToolFacts): { fact: string; help: string } | undefined {
  // Without `effect` nothing is claimed: both are unknown, and count at their worst.
  if (HOST_SHELLS.has(tool) && (arbitrary === false || (arbitrary === undefined && effect !== undefined)))
    return {
      fact: 'runs whatever it is given, and is not declared `arbitrary`',
      help: 'set `arbitrary: true`, or say in `because` what holds it',
    };
  if (HOST_WRITERS.has(tool) && !HOST_SHELLS.has(tool) && effect === 'read')
    return { fact: 'changes files, and is declared a read', help: 'set `effect: write`' };
  return undefined;
}
