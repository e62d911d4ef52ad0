import { serverOf } from '../manifest/names.ts';
import { defineRule } from './define.ts';
import { replace } from './parts/change.ts';

export const rule = defineRule({
  id: 'unused-write-paths',
  since: '0.2.0',
  severity: 'warning',
  direction: 'excess',
  title: 'the agent may write files, and no tool of its host writes',
  why: "a server's files stand under `servers`: what stands here only helps code that should not be running",
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
tools:
  Read: read
  files/write_file: write
filesystem: { read: [./kb], write: [./out] }
`,
        finds: ['/filesystem/write'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
tools:
  Write: write
filesystem: { read: [./kb], write: [./out] }
`,
      `
schemaVersion: 1
agent: { id: desk }
tools:
  Oracle: {}
filesystem: { read: [./kb], write: [./out] }
`,
    ],
  },
  check: ({ agents, reach }) =>
    agents
      .filter((agent) => (agent.manifest.filesystem?.write?.length ?? 0) > 0)
      .filter((agent) => !reach.pairs.some((pair) => pair.agent === agent && mayWrite(pair.tool, pair)))
      .map((agent) => ({
        agent,
        pointer: '/filesystem/write',
        message: `\`${agent.id}\` may write files, and none of its host's tools writes any`,
        help: 'set `write: []`; what a server writes stands under `servers`',
        fix: { kind: 'unsafe', patch: [replace(agent, '/filesystem/write', [])] },
      })),
});

const mayWrite = (tool: string, { writes, arbitrary }: Record<'writes' | 'arbitrary', { worst: boolean }>) =>
  serverOf(tool) === undefined && (writes.worst || arbitrary.worst);
