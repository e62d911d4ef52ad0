import type { PinRule, Verdict } from '../../enforce/call.ts';
import { grantFor } from '../../enforce/grant.ts';
import type { PinnedPart, ToolPin } from '../../model/pins.ts';
import type { AgentPolicy, Policy } from '../../model/policy.ts';
import { isRecord } from '../../source/record.ts';
import { changedParts } from '../../source/tool-digest.ts';
import type { Asked, InForce, Ledger } from '../ports.ts';
import { agentOf, type Pending, type Session } from '../session.ts';
import { shown } from '../words.ts';
import { type Live, listedOf, livesOf, MOST_TOOLS, remember } from './listed.ts';

type ServerPins = Readonly<Record<string, ToolPin>>;

/** What the tools of the server behind the gate are pinned to; undefined: nothing is compared. */
export function pinsIn({ agents }: Policy, agent: string, server: string): ServerPins | undefined {
  const servers = Object.hasOwn(agents, agent) ? agents[agent]?.servers : undefined;
  return servers !== undefined && Object.hasOwn(servers, server) ? servers[server]?.pins : undefined;
}

/** Written before policies had a pin for each tool. */
export function hasNoToolPins({ servers }: AgentPolicy, server: string): boolean {
  const own = Object.hasOwn(servers, server) ? servers[server] : undefined;
  return own !== undefined && own.pin !== null && own.pins === undefined;
}

interface Fault {
  rule: PinRule;
  says: string;
}

/** Why a tool that the server lists is kept back; undefined: it is the one that was pinned. */
function faultOf(pins: ServerPins, name: string, live: Live): Fault | undefined {
  const pin = Object.hasOwn(pins, name) ? pins[name] : undefined;
  if (pin === undefined) return { rule: 'pin-missing', says: 'nobody has pinned it, and the tools of its server are' };
  if (live === null)
    return { rule: 'pin-changed', says: 'its server lists it in a way that cannot be compared with its pin' };
  return pin.digest === live.digest ? undefined : { rule: 'pin-changed', says: changeOf(changedParts(pin, live)) };
}

function changeOf(parts: readonly PinnedPart[]): string {
  const names = parts.map((part) => `its ${part}`);
  const [last = 'it', ...others] = names.reverse();
  const all = others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
  return parts.length > 1 || parts[0] === 'annotations'
    ? `${all} are not what was pinned`
    : `${all} is not what was pinned`;
}

const REPIN = 'a person has to look at it, pin it with `stakes scan --pin` and run `stakes generate`';

/** Why a call is not let through, whatever its grant says; undefined: its tool is as it was pinned, or nothing is. */
export function quarantineOf(session: Session, policy: Policy, { agent, tool }: Asked): Verdict | undefined {
  const { server } = session.setting;
  const pins = pinsIn(policy, agent, server);
  if (pins === undefined) return undefined;
  const name = tool.slice(server.length + 1);
  const { tools, isWhole } = listedOf(session);
  const live = tools.get(name);
  if (live !== undefined && live !== null && Object.hasOwn(pins, name) && pins[name]?.digest === live.digest)
    return undefined;
  const own = policy.agents[agent];
  const found = own === undefined ? undefined : grantFor(own, tool);
  // What is no tool, or denied anyway, is not a matter of pins.
  if (name.startsWith('@') || found === undefined || found.grant.decision === 'deny') return undefined;
  const fault: Fault | undefined =
    live === undefined
      ? { rule: 'pin-unchecked', says: isWhole ? 'its server does not list it' : 'its server did not list its tools' }
      : faultOf(pins, name, live);
  if (fault === undefined) return undefined;
  const help = fault.rule === 'pin-unchecked' ? 'so that it cannot be compared with its pin' : REPIN;
  const message = `\`${shown(tool)}\` is refused: ${fault.says}${fault.rule === 'pin-unchecked' ? ', ' : '; '}${help}`;
  return { decision: 'deny', rule: fault.rule, message, grant: found.key, usd: 0 };
}

/** The verdict on a call: of its pin first, then of the policy. What is quarantined is not counted. */
export function judged(session: Session, by: InForce, asked: Asked): ReturnType<Ledger['decide']> {
  const verdict = quarantineOf(session, by.policy, asked);
  return verdict === undefined ? session.setting.ledger.decide(by.policy, asked) : { verdict };
}

/** A page of the server's tools without those that are not as pinned; takes note of them all. */
export function pinnedTools(session: Session, { isStale }: Pending, result: unknown): unknown {
  const { setting } = session;
  const pins = pinsIn(setting.inForce().policy, setting.agent, setting.server);
  if (pins === undefined || !isRecord(result) || !Array.isArray(result.tools)) return result;
  const lives = livesOf(result.tools);
  if (isStale !== true) remember(listedOf(session), lives);
  tellOf(session, pins, lives);
  if (setting.mode === 'shadow') return result;
  const isPinned = (tool: unknown) => {
    const name = isRecord(tool) && typeof tool.name === 'string' ? tool.name : undefined;
    return name !== undefined && faultOf(pins, name, lives.get(name) ?? null) === undefined;
  };
  return { ...result, tools: result.tools.filter(isPinned) };
}

/** Says once, to whoever runs the gate, which of the granted tools are kept back. */
function tellOf(session: Session, pins: ServerPins, lives: ReadonlyMap<string, Live>): void {
  const { told } = listedOf(session);
  const { server, mode } = session.setting;
  const agent = agentOf(session);
  for (const [name, live] of lives) {
    const decision = agent === undefined ? undefined : grantFor(agent, `${server}/${name}`)?.grant.decision;
    if (decision !== 'allow' && decision !== 'ask') continue;
    const fault = faultOf(pins, name, live);
    const mark = `${name} ${live?.digest}`;
    if (fault === undefined || told.has(mark) || told.size >= MOST_TOOLS) continue;
    told.add(mark);
    const what = mode === 'shadow' ? 'would be in quarantine' : 'is in quarantine';
    session.tell(`\`${shown(`${server}/${name}`)}\` ${what}: ${fault.says}; ${REPIN}`);
  }
}
