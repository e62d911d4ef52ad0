import { grantFor } from '../enforce/grant.ts';
import type { ToolPin } from '../model/pins.ts';
import type { AgentPolicy, ServerGrant } from '../model/policy.ts';
import { byName } from '../source/order.ts';

/** What one server is pinned to: as a whole, and tool by tool. */
export interface ServerPins {
  pin: string;
  pins: Readonly<Record<string, ToolPin>>;
}

/** Only of tools that can be called at all: the gate lets no other through, pinned or not. */
export function pinsOf(
  server: string,
  pinned: ServerPins | undefined,
  agent: Pick<AgentPolicy, 'tools'>,
): Pick<ServerGrant, 'pin' | 'pins'> {
  if (pinned === undefined) return { pin: null };
  const granted = Object.entries(pinned.pins).filter(([tool]) => {
    const decision = grantFor(agent, `${server}/${tool}`)?.grant.decision;
    return decision === 'allow' || decision === 'ask';
  });
  return {
    pin: pinned.pin,
    pins: Object.fromEntries(granted.sort(byName).map(([tool, { digest, parts }]) => [tool, { digest, parts }])),
  };
}
