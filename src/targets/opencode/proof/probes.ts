import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { AgentPolicy } from '../../../model/policy.ts';
import type { Expectation } from '../../../model/proof.ts';
import type { ToolCall } from '../../../probe/anthropic-wire.ts';
import type { JsonRecord } from '../../../probe/json.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import { EXPECTED, serverCalls } from '../../server-calls.ts';
import { permissionOf } from '../built-ins.ts';
import { kept } from '../names.ts';
import type { PlannedAgent } from '../plan.ts';
import type { OpenCodeOutcome } from './session.ts';

/** One call to try, and how to see that it ran. */
export interface Planned {
  agent: string;
  tool: string;
  attempt: string;
  expected: Expectation;
  call: ToolCall;
  ran: (outcome: OpenCodeOutcome, text: string) => boolean;
}

export function serverProbes({ policy, aliases }: PlannedAgent, others: readonly AgentPolicy[]): Planned[] {
  return serverCalls(policy, others).map(({ server, name, input, ...about }) => {
    const alias = aliases.get(server) ?? kept(server);
    return {
      ...about,
      call: { name: `${alias}_${kept(name)}`, input },
      ran: ({ calls }) =>
        calls.some((one) => one.server === alias && one.tool === name && isDeepStrictEqual(one.input, input)),
    };
  });
}

/** OpenCode's own tools: what the policy grants, and what no grant may reach. */
export function ownToolProbes({ policy }: PlannedAgent, { project, home }: Workspace): Planned[] {
  const decisionOf = (tool: string) => (Object.hasOwn(policy.tools, tool) ? policy.tools[tool]?.decision : undefined);
  const expectedOf = (tool: string): Expectation => {
    const listed = Object.keys(policy.tools).find((name) => name === tool || name === permissionOf(tool));
    return EXPECTED[decisionOf(listed ?? tool) ?? 'deny'];
  };
  const probe = (
    tool: string,
    attempt: string,
    call: ToolCall,
    ran: Planned['ran'],
    expected = expectedOf(tool),
  ): Planned => ({ agent: policy.id, tool, attempt, expected, call, ran });
  const read = (path: string, attempt: string, expected?: Expectation): Planned => {
    const mark = `STAKES-${randomBytes(6).toString('hex')}`;
    const isElsewhere = path.startsWith('/');
    writeIn(isElsewhere ? home : project, isElsewhere ? path.slice(1) : path, `${mark}\n`);
    const filePath = isElsewhere ? join(home, path) : path;
    return probe('Read', attempt, { name: 'read', input: { filePath } }, (_, text) => text.includes(mark), expected);
  };
  const write = (path: string, attempt: string, expected?: Expectation): Planned => {
    const content = `WRITTEN-${randomBytes(6).toString('hex')}`;
    const call = { name: 'write', input: { filePath: path, content } };
    return probe('Write', attempt, call, () => holds(join(project, path), content), expected);
  };
  const [readable, writable] = [folderOf(policy.filesystem.read), folderOf(policy.filesystem.write)];
  const plain = (tool: string, name: string, input: JsonRecord, ran: Planned['ran']): Planned =>
    probe(tool, '', { name, input }, ran);
  return [
    read(join(readable ?? '.', 'inside.txt'), 'a file of the project', readable === undefined ? 'refused' : undefined),
    ...(readable === '.' ? [] : [read('beside.txt', 'a file of no listed folder', 'refused')]),
    read('/outside.txt', 'a file elsewhere', 'refused'),
    plain('Grep', 'grep', { pattern: 'STAKES-' }, (_, text) => /STAKES-[0-9a-f]{12}/.test(text)),
    write(join(writable ?? '.', `new-${policy.id}.txt`), 'a new file', writable === undefined ? 'refused' : undefined),
    write('.stakes/new.json', 'into `.stakes`', 'refused'),
    write(join(writable ?? '.', 'new.agent.yaml'), 'a manifest', 'refused'),
    write('opencode.json', "the client's settings", 'refused'),
    plain('Bash', 'bash', { command: 'echo STAKES-$((20+1))', description: 'probe' }, (_, text) =>
      text.includes('STAKES-21'),
    ),
    plain('WebFetch', 'webfetch', { url: 'http://127.0.0.1:9/', format: 'text' }, (_, text) => !REFUSAL.test(text)),
  ];
}

/** The first folder of the project that is listed; undefined: none is. */
function folderOf(paths: readonly string[] | null): string | undefined {
  if (paths === null) return '.';
  const plain = paths.map((path) => path.replace(/^(\.\/)+/, '').replace(/\/(\*\*)?$/, ''));
  if (plain.some((path) => path === '' || path === '.')) return '.';
  return plain.find((path) => /^[\w-]+(?:\/[\w-]+)*$/.test(path));
}

/** What OpenCode says when it does not let a call through, as seen in 1.18.33. */
export const REFUSAL = /unavailable tool|has specified a rule|rejected permission/i;

/** Ends in a question, had there been a person. */
export const QUESTION = /rejected permission/i;

function holds(path: string, text: string): boolean {
  try {
    return readFileSync(path, 'utf8').includes(text);
  } catch {
    return false;
  }
}
