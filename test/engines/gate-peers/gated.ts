import { join } from 'node:path';
import process from 'node:process';
import { agent, grant, policy } from '../../../src/model/policy.fixture.ts';
import type { ApprovalPolicy, Grant, Policy } from '../../../src/model/policy.ts';
import { type Workspace, writeIn } from '../../../src/probe/workspace.ts';

const root = join(import.meta.dirname, '../../..');

type Command = { command: string; args: string[] };

/** A server of these fixtures, to be started without a gate. */
export const peerServer = (name: string): Command => ({
  command: process.execPath,
  args: [join(import.meta.dirname, `${name}.mjs`)],
});

/** A policy for the agent `desk` that grants this of the server `peer`. */
export function peerPolicy(tools: Record<string, Grant | Grant['decision']>): Policy {
  const grants = Object.entries(tools).map(([name, one]) => [
    `peer/${name}`,
    typeof one === 'string' ? grant(one) : one,
  ]);
  const approvals: ApprovalPolicy = {
    approvers: ['ada'],
    channel: 'inbox',
    expiresSeconds: 60,
    singleUse: true,
    boundToArguments: true,
  };
  return policy([agent('desk', { tools: Object.fromEntries(grants) as Record<string, Grant>, approvals })]);
}

/** The same server behind the gate that a user would start. */
export function gated(
  workspace: Workspace,
  inForce: Policy,
  { command, args }: Command,
  ...flags: string[]
): Command & { env: Record<string, string> } {
  const file = writeIn(workspace.project, 'policy.json', `${JSON.stringify(inForce)}\n`);
  const gate = [join(root, 'bin/stakes.js'), 'gate', '-p', file, '--server', 'peer', ...flags];
  return { command: process.execPath, args: [...gate, '--', command, ...args], env: environment(workspace) };
}

export const environment = ({ home, root: folder }: Workspace): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: home,
  XDG_STATE_HOME: join(folder, 's'),
});
