import { defineRule } from './define.ts';
import { addField } from './parts/add-field.ts';

export const rule = defineRule({
  id: 'unbounded-fan-out',
  since: '0.2.0',
  severity: 'warning',
  direction: 'under',
  title: 'an agent does not say how many subagents a session may start, or how many at once',
  why: 'each of them has a context and a bill of its own, and one bad plan can start hundreds',
  sources: ['OWASP LLM10:2025'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: lead }
tools: {}
limits: { delegationDepth: 1 }
subagents:
  scout: { manifest: { agent: { id: scout }, tools: {} } }
`,
        finds: ['/limits/subagentsPerSession'],
      },
      {
        manifest: `
schemaVersion: 1
agent: { id: lead }
tools: {}
limits: { delegationDepth: 1, subagentsPerSession: 40 }
subagents:
  scout: { manifest: { agent: { id: scout }, tools: {} } }
`,
        finds: ['/limits/subagentsPerSession'],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: lead }
tools: {}
limits: { delegationDepth: 1, subagentsPerSession: 4 }
subagents:
  scout: { manifest: { agent: { id: scout }, tools: {} } }
`,
      `
schemaVersion: 1
agent: { id: lead }
tools: {}
limits: { delegationDepth: 1, subagentsPerSession: 40, concurrentSubagents: 4 }
subagents:
  scout: { manifest: { agent: { id: scout }, tools: {} } }
`,
    ],
  },
  check: ({ root }) => {
    const { subagentsPerSession: all, concurrentSubagents: atOnce } = root.manifest.limits ?? {};
    if (Object.keys(root.subagents).length === 0 || (all !== undefined && (all <= FEW || atOnce !== undefined)))
      return [];
    const field = all === undefined ? 'subagentsPerSession' : 'concurrentSubagents';
    return [
      {
        // One place for both, so that setting one of them moves nothing.
        pointer: '/limits/subagentsPerSession',
        message:
          all === undefined
            ? `\`${root.id}\` may start any number of subagents in a session`
            : `\`${root.id}\` may start ${all} subagents in a session, all at once: no \`concurrentSubagents\` is stated`,
        help: `set \`limits.${field}\`; 4 is a value to begin with`,
        fix: { kind: 'unsafe', patch: addField(root, ['limits', field], 4) },
      },
    ];
  },
});

/** So many subagents at once are no danger of their own. */
const FEW = 8;
