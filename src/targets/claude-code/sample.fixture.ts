import { agent, grant, policy, server } from '../../model/policy.fixture.ts';
import type { ApprovalPolicy, Policy } from '../../model/policy.ts';

export { agent, grant, policy, server };

const asks: ApprovalPolicy = {
  approvers: ['alice'],
  channel: 'inbox',
  expiresSeconds: 900,
  singleUse: true,
  boundToArguments: true,
} as const;
const stub = server('true');

/** Names that Claude Code writes in another way, and grants for the rest of a server. */
export const ODD_NAMES: Policy = policy([
  agent('odd-names', {
    name: 'Odd "names" $(touch owned) `touch owned` \'; touch owned',
    approvals: asks,
    models: [{ provider: 'anthropic', id: "claude-sonnet-4-5'; touch owned #" }],
    servers: { 'files.prod v2': stub, 'API-Docs': stub, notes: stub, box: stub },
    tools: {
      'files.prod v2/read doc': grant('allow'),
      'files.prod v2/v1.get/thing': grant('allow'),
      'files.prod v2/update:doc': grant('ask'),
      'files.prod v2/delete(doc)': grant('deny'),
      'API-Docs/Read__x': grant('allow'),
      'API-Docs/_lead_': grant('deny'),
      'API-Docs/😀e': grant('allow'),
      'notes/*': grant('allow'),
      'notes/delete': grant('deny'),
      'notes/share': grant('ask'),
      'box/*': grant('ask'),
      'box/list': grant('allow'),
      NoSuchTool: grant('allow'),
      PowerShell: grant('allow'),
    },
  }),
]);

/** Names that Claude Code cannot tell apart: all of these must end up denied, but `plain/read`. */
export const CONFUSED_NAMES: Policy = policy([
  agent('confused-names', {
    approvals: asks,
    servers: { 'a.b': stub, 'a b': stub, a: stub, a__b: stub, tail_: stub, 日本: stub, plain: stub },
    tools: {
      'a.b/read': grant('allow'),
      'a b/write': grant('allow'),
      'a/b__read': grant('allow'),
      'a__b/read': grant('allow'),
      'tail_/read': grant('allow'),
      'tail_/*': grant('allow'),
      '日本/read': grant('ask'),
      'plain/read': grant('allow'),
      'plain/x.y': grant('allow'),
      'plain/x y': grant('deny'),
    },
  }),
]);

/** One server in two hands, tools of the client, and a folder that only the launcher can hold. */
export const TREE: Policy = policy(
  [
    agent('tree', {
      approvals: asks,
      servers: { files: stub },
      subagents: { helper: 'helper-agent', 'general-purpose': 'helper-agent' },
      limits: { turnsPerSession: 40, usdPerSession: 1, delegationDepth: 1, concurrentSubagents: 1 },
      tools: {
        'files/read_doc': grant('allow'),
        'files/update_doc': grant('allow'),
        'files/delete_doc': grant('deny'),
        Glob: grant('deny'),
      },
      network: { egress: 'listed', allowedHosts: ['docs.example.com'] },
    }),
    agent('helper-agent', {
      approvals: asks,
      servers: { files: stub },
      tools: {
        'files/read_doc': grant('allow'),
        'files/delete_doc': grant('allow'),
        'files/share_doc': grant('ask'),
        Read: grant('allow'),
        Glob: grant('ask'),
        Write: grant('allow'),
        Bash: grant('allow'),
      },
      filesystem: { read: ['./work'], write: ['work/'] },
    }),
  ],
  { protectedPaths: ['.stakes/**', '*.agent.yaml', 'agent.yaml', 'work/locked.txt'] },
);
