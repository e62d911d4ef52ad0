import { defineTarget } from '../define.ts';

/** The policy itself, for the gate, the hook and programs of the reader's own. */
export const target = defineTarget({
  id: 'policy',
  title: 'Stakes policy',
  summary: 'the target-neutral policy that every other file is made from',
  standard: true,
  revision: 1,
  folder: '.',
  installs: [{ way: 'in-place', id: 'in-place' }],
  enforces: [],
  proof: 'engine',
  usage: () => 'Read by `stakes` itself. Programs can read it too: its format is `schemas/policy.schema.json`.',
  emit: (policy) => ({ files: [{ path: 'policy.json', content: `${JSON.stringify(policy, null, 2)}\n` }], losses: [] }),
});
