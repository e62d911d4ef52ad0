import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { AgentPolicy } from '../../../model/policy.ts';
import type { Expectation } from '../../../model/proof.ts';
import type { ToolCall } from '../../../probe/anthropic-wire.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import { EXPECTED, serverCalls } from '../../server-calls.ts';
import { kept, type Plan } from '../plan.ts';
import type { CopilotOutcome } from './session.ts';

/** One call to try, and how to see that it ran. */
export interface Planned {
  agent: string;
  tool: string;
  attempt: string;
  expected: Expectation;
  call: ToolCall;
  ran: (outcome: CopilotOutcome, text: string) => boolean;
}

export function serverProbes({ policy, aliases }: Plan, others: readonly AgentPolicy[]): Planned[] {
  return serverCalls(policy, others).map(({ server, name, input, ...about }) => {
    const alias = aliases.get(server) ?? kept(server);
    return {
      ...about,
      call: { name: `${alias}-${kept(name)}`, input },
      ran: ({ calls }) =>
        calls.some((one) => one.server === alias && one.tool === name && isDeepStrictEqual(one.input, input)),
    };
  });
}

/** Copilot's own tools: what the policy grants, and what no grant may reach. */
export function ownToolProbes({ id, policy }: Plan, { project, home }: Workspace): Planned[] {
  const expectedOf = (tool: string): Expectation =>
    EXPECTED[(Object.hasOwn(policy.tools, tool) ? policy.tools[tool]?.decision : undefined) ?? 'deny'];
  const probe = (
    tool: string,
    attempt: string,
    call: ToolCall,
    ran: Planned['ran'],
    expected = expectedOf(tool),
  ): Planned => ({ agent: id, tool, attempt, expected, call, ran });
  const [inside, outside] = [randomBytes(6).toString('hex'), randomBytes(6).toString('hex')];
  const near = writeIn(project, 'inside.txt', `STAKES-${inside}\n`);
  const far = writeIn(home, 'outside.txt', `STAKES-${outside}\n`);
  const shows = (mark: string) => (_: CopilotOutcome, text: string) => text.includes(mark);
  const written = join(project, '.stakes/new.json');
  return [
    probe('Read', 'a file of the project', { name: 'view', input: { path: near } }, shows(inside)),
    probe('Read', 'a file elsewhere', { name: 'view', input: { path: far } }, shows(outside), 'refused'),
    probe(
      'Grep',
      '',
      { name: 'grep', input: { pattern: 'STAKES-', path: project, output_mode: 'content' } },
      shows(inside),
    ),
    probe(
      'Write',
      'into `.stakes`',
      { name: 'create', input: { path: written, file_text: 'x' } },
      () => existsSync(written),
      'refused',
    ),
    // A command that Copilot takes for harmless.
    probe('Bash', '', { name: 'bash', input: { command: 'ls', description: 'probe' } }, shows('inside.txt')),
  ];
}
