import { grantFor } from '../enforce/grant.ts';
import type { Policy } from '../model/policy.ts';
import { fromClient } from './from-client.ts';
import { openLedger } from './ledger/ledger.ts';
import type { Setting } from './ports.ts';
import type { Session } from './session.ts';

/** Is what must be refused refused? Asked through the very code that every call goes through; nothing is sent or counted. */
export function refusesWhatItMust(setting: Pick<Setting, 'inForce' | 'agent' | 'server' | 'clock'>): boolean {
  const { policy } = setting.inForce();
  const { agent, server } = setting;
  const known = nameThatIsDenied(policy, agent, server);
  return (
    isRefused(setting, strangerTo(policy), 'stakes_unlisted') &&
    (known === undefined || isRefused(setting, agent, known))
  );
}

function isRefused(setting: Pick<Setting, 'inForce' | 'server' | 'clock'>, agent: string, name: string): boolean {
  const decisions: string[] = [];
  const session: Session = {
    setting: {
      ...setting,
      agent,
      session: 'self-test',
      mode: 'enforce',
      ledger: openLedger({ gate: 'self-test', now: Date.now, tell: () => undefined }),
      log: { intent: ({ decision }) => decisions.push(decision), outcome: () => undefined, together: (step) => step() },
    },
    pending: new Map(),
    questions: new Map(),
    send: () => undefined,
    soon: () => undefined,
    tell: () => undefined,
  };
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } };
  const sent = fromClient(session, JSON.stringify(call));
  return sent !== undefined && 'client' in sent && decisions.join() === 'deny';
}

function strangerTo({ agents }: Policy): string {
  let name = 'self-test';
  while (Object.hasOwn(agents, name)) name += '-';
  return name;
}

/** Undefined where the policy lets everything of the server through. */
function nameThatIsDenied({ agents }: Policy, id: string, server: string): string | undefined {
  const agent = agents[id];
  if (agent === undefined) return undefined;
  const unlisted = 'stakes_unlisted';
  if (grantFor(agent, `${server}/${unlisted}`) === undefined) return unlisted;
  const denied = Object.keys(agent.tools).find(
    (tool) => tool.startsWith(`${server}/`) && agent.tools[tool]?.decision === 'deny' && !tool.includes('/@'),
  );
  return denied?.slice(server.length + 1);
}
