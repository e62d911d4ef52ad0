import { readsHostFiles } from '../catalog/builtins.ts';
import { serverOf } from '../manifest/names.ts';
import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { liveTools } from './parts/live.ts';

export const rule = defineRule({
  id: 'unknown-builtin',
  since: '0.2.0',
  severity: 'note',
  direction: 'shape',
  title: 'a tool that is neither of a server nor a known built-in of a host',
  why: 'a misspelt name grants nothing, and what an unknown built-in can reach counts at its worst',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  get_order: read
`,
        finds: ['/tools/get_order'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  shop/get_order: read
  Read: read
  WebFetch: read
`,
    ],
  },
  check: ({ agents }) =>
    agents.flatMap((agent) =>
      liveTools(agent)
        .filter(([tool]) => serverOf(tool) === undefined && readsHostFiles(tool) === 'unknown')
        .map(([tool]) => ({
          agent,
          pointer: pointerOf('tools', tool),
          on: 'key',
          message: `\`${tool}\` names no server, and is no built-in that stakes knows`,
          help: "write `server/tool` for a server's tool, and a built-in as its host spells it",
        })),
    ),
});
