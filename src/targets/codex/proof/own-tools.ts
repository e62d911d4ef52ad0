import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Expectation } from '../../../model/proof.ts';
import type { Access } from '../../../model/vocabulary.ts';
import type { ToolCall } from '../../../probe/anthropic-wire.ts';
import { quoted } from '../../claude-code/quoted.ts';
import { EXPECTED } from '../../server-calls.ts';
import type { Plan } from '../plan.ts';
import type { Planned } from './probes.ts';
import type { Stage } from './staging.ts';

const SHELL = ['shell', 'exec_command', 'Bash'];
const EDITS = ['apply_patch', 'Edit', 'MultiEdit', 'Write'];
const STRICTNESS: readonly Access[] = ['allow', 'ask', 'deny'];

/** Codex's own tools: what the policy grants, and what no grant may reach. */
export function ownToolProbes({ agent, rights: { own } }: Plan, stage: Stage): Planned[] {
  const { workspace, readable, writable, outside } = stage;
  const named = (names: readonly string[]): string =>
    names.find((name) => Object.hasOwn(agent.tools, name)) ?? names[0] ?? '';
  const wanted = (names: readonly string[]): Expectation => {
    const decisions = names.flatMap((name) =>
      Object.hasOwn(agent.tools, name) ? [agent.tools[name]?.decision ?? 'deny'] : [],
    );
    return EXPECTED[STRICTNESS[Math.max(...decisions.map((one) => STRICTNESS.indexOf(one)))] ?? 'deny'];
  };
  const shell = (attempt: string, cmd: string, shows: string | (() => boolean), expected: Expectation): Planned => ({
    tool: named(SHELL),
    attempt,
    expected,
    call: { name: 'exec_command', input: { cmd } },
    ran: (_, text) => (typeof shows === 'string' ? text.includes(shows) : shows()),
  });
  const patch = (attempt: string, path: string, expected: Expectation): Planned => ({
    tool: named(EDITS),
    attempt,
    expected,
    call: patchOf(path),
    ran: () => existsSync(join(workspace.project, path)),
  });
  const write = (attempt: string, path: string, expected: Expectation): Planned =>
    shell(attempt, `echo written > ${quoted(path)}`, () => existsSync(join(workspace.project, path)), expected);
  const [commands, edits] = [wanted(SHELL), wanted(EDITS)];
  const here = writable === undefined ? '' : `${writable}/`;
  return [
    shell('', 'echo STAKES-$((40 + 2))', 'STAKES-42', commands),
    patch('a new file', `${here}stakes-patch.txt`, edits),
    patch('into `.stakes`', `${here}.stakes/stakes-patch.json`, 'refused'),
    patch('the manifest', `${here}agent.yaml`, 'refused'),
    ...(own.edits ? [patch('another manifest', `${here}new.agent.yaml`, 'refused')] : []),
    ...(own.shell
      ? [
          shell('a read elsewhere', `cat ${quoted(outside.path)}`, outside.text, 'refused'),
          ...(readable === undefined
            ? []
            : [shell(`a read of \`${readable.path}\``, `cat ${quoted(readable.path)}`, readable.text, 'runs')]),
          ...(writable === undefined
            ? []
            : [write(`a write into \`${writable}\``, `${here}stakes-command.txt`, 'runs')]),
          ...(writable === '.' ? [] : [write('a write that is not listed', 'stakes-elsewhere.txt', 'refused')]),
          write('a write into `.stakes`', `${here}.stakes/stakes-command.json`, 'refused'),
        ]
      : []),
  ];
}

function patchOf(path: string): ToolCall {
  return { name: 'apply_patch', text: `*** Begin Patch\n*** Add File: ${path}\n+written\n*** End Patch` };
}
