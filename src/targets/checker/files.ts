import type { Policy } from '../../model/policy.ts';
import { inOrder } from '../../source/order.ts';
import { policyDigest } from '../claude-code/hook/bundle.ts';
import type { EmittedFile } from '../define.ts';
import { type CheckerData, NAMES_SCHEMA, type ToolNames } from './names.ts';

/** `names.json` for a checker beside it. */
export function namesFile(policy: Policy, agents: Readonly<Record<string, ToolNames>>): EmittedFile {
  const ordered = Object.fromEntries(Object.entries(agents).map(([agent, names]) => [agent, inOrder(names)]));
  const data: CheckerData = { schema: NAMES_SCHEMA, policy: policyDigest(policy), agents: inOrder(ordered) };
  return { path: 'names.json', content: `${JSON.stringify(data, null, 2)}\n` };
}
