import { pointerOf } from '../source/pointer.ts';
import { defineRule } from './define.ts';
import { addField } from './parts/add-field.ts';
import { needlessGates } from './parts/gates.ts';

export const rule = defineRule({
  id: 'gated-without-right',
  since: '0.2.0',
  severity: 'warning',
  direction: 'over',
  title: 'a person approves a call whose only credential cannot write',
  why: 'the credential already holds the tool to reading, so the approval guards a change that cannot happen',
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
inputs: { untrusted: false }
data: { boards: { classification: internal } }
mcpServers: { board: { command: board-mcp, env: { BOARD_TOKEN: "\${BOARD_TOKEN}" } } }
tools:
  board/run_view: { effect: write, reversible: true, impact: low, data: [boards], egress: none, access: ask }
credentials:
  BOARD_TOKEN: { servers: [board], mode: live, scopes: [boards:read], ttl: 1h }
`,
        finds: ['/tools/board~1run_view'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
inputs: { untrusted: false }
data: { boards: { classification: internal } }
mcpServers: { board: { command: board-mcp, env: { BOARD_TOKEN: "\${BOARD_TOKEN}" } } }
tools:
  board/run_view: { effect: write, reversible: true, impact: low, data: [boards], egress: none, access: ask }
credentials:
  BOARD_TOKEN: { servers: [board], mode: live, scopes: [boards:read, boards:write], ttl: 1h }
`,
    ],
  },
  check: (subject) =>
    needlessGates(subject)
      .filter(({ of }) => of === 'write-without-right')
      .map(({ pair: { agent, tool, exits } }) => ({
        agent,
        pointer: pointerOf('tools', tool),
        on: 'key',
        message: `\`${tool}\` asks a person, and the only credential of its server can read and nothing else`,
        // What a read brings in from anywhere is strangers' text: that is for a person to weigh, and not a way out of a gate.
        help: `set \`access: allow\` on it${exits.worst ? '' : ', and `effect: read` if that is all it does'}`,
        fix: { kind: 'unsafe', patch: addField(agent, ['tools', tool, 'access'], 'allow') },
      })),
});
