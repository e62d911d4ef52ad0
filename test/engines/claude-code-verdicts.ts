import type { AgentPolicy, Loss, Policy } from '../../src/model/policy.ts';
import { target } from '../../src/targets/claude-code/target.ts';

export type Way = 'launcher' | 'managed' | 'project';
/** What must happen to a call: `either` is a reported loss of this way. */
export type Verdict = 'runs' | 'stops' | 'either';

export const parts = (tool: string): [string, string] => [
  tool.slice(0, tool.indexOf('/')),
  tool.slice(tool.indexOf('/') + 1),
];

// The names are built here from the measured rule, so that the target cannot agree with itself alone.
export const clientName = (server: string, tool: string) =>
  `mcp__${[server, tool].map((name) => name.replace(/[^\w-]/g, '_')).join('__')}`;

/** What the manifest says of one tool, less what the losses own up to. */
export function verdictOf(policy: Policy, agent: AgentPolicy, tool: string, way: Way): Verdict {
  const grant = agent.tools[tool] ?? agent.tools[`${parts(tool)[0]}/*`];
  const held = losses(policy).some((loss) => loss.agent === agent.id && loss.tool === tool && isHeldBack(loss, way));
  const rest = losses(policy).some((loss) => loss.tool === `${parts(tool)[0]}/*` && isHeldBack(loss, way));
  if (grant?.decision === 'allow' && !held && !(agent.tools[tool] === undefined && rest)) return 'runs';
  return 'stops';
}

function losses(policy: Policy): Loss[] {
  return target.emit(policy).losses;
}

function isHeldBack({ message }: Loss, way: Way): boolean {
  if (message.startsWith('in `settings.json`:') && way !== 'project') return false;
  if (message.startsWith('in `settings.json` and') && way === 'launcher') return false;
  return /denied:|every call asks|asks too|so it is denied/.test(message);
}
