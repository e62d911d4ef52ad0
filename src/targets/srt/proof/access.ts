import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Expectation } from '../../../model/proof.ts';
import type { Workspace } from '../../../probe/workspace.ts';
import { isSrtHost } from '../hosts.ts';
import { concretePaths } from '../paths.ts';

/** What one process may reach, as the policy has it. */
export interface Reach {
  agent: string;
  name: string;
  read: readonly string[] | null;
  write: readonly string[];
  hosts: readonly string[];
}

/** One access to try inside, and how to see from outside that it came through. */
export interface Access {
  agent: string;
  tool: string;
  attempt: string;
  expected: Expectation;
  /** A line for the shell; every word of it is ours or quoted. */
  line: string;
  came: (said: string, reached: readonly string[]) => boolean;
}

/** A host that nobody lists: names that end in `.invalid` never exist. */
const NOWHERE = 'stakes.invalid';

export function accessProbes(box: Reach, { project, home }: Workspace): Access[] {
  const { agent, name: tool, read, write, hosts } = box;
  const access = (attempt: string, expected: Expectation, line: string, came: Access['came']): Access => ({
    agent,
    tool,
    attempt,
    expected,
    line,
    came,
  });
  const reads = (attempt: string, expected: Expectation, file: string): Access => {
    const mark = `STAKES-${randomBytes(6).toString('hex')}`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${mark}\n`);
    return access(attempt, expected, `cat ${quoted(file)}`, (said) => said.includes(mark));
  };
  const writes = (attempt: string, expected: Expectation, file: string): Access => {
    mkdirSync(dirname(file), { recursive: true });
    return access(attempt, expected, `echo written > ${quoted(file)}`, () => existsSync(file));
  };
  const reaches = (attempt: string, expected: Expectation, host: string): Access => {
    const [name = '', port = '443'] = host.split(':');
    const url = `${port === '80' ? 'http' : 'https'}://${name}:${port}/`;
    return access(attempt, expected, `curl -sS -m 10 ${quoted(url)}`, (_, reached) =>
      reached.includes(`${name}:${port}`),
    );
  };
  const readable = concretePaths(read ?? []).find(isBelow);
  const writable = concretePaths(write).find(isBelow);
  const listed = hosts.find((host) => isSrtHost(host) && !host.startsWith('*'));
  return [
    reads('a key in the home folder', 'refused', join(home, '.ssh/id_stakes')),
    ...(read === null
      ? []
      : [
          reads(
            'a file that is not listed',
            readable === '.' ? 'runs' : 'refused',
            join(project, 'stakes-private/file'),
          ),
        ]),
    ...(readable === undefined
      ? []
      : [reads(`a file in \`${readable}\``, 'runs', join(project, readable, 'stakes-readable'))]),
    writes('a write that is not listed', writable === '.' ? 'runs' : 'refused', join(project, 'stakes-new-file')),
    writes('a write into `.stakes`', 'refused', join(project, '.stakes/policy.json')),
    ...(writable === undefined
      ? []
      : [writes(`a write into \`${writable}\``, 'runs', join(project, writable, 'stakes-writable'))]),
    ...(listed === undefined ? [] : [reaches(`a call to \`${listed}\``, 'runs', listed)]),
    reaches('a call to a host that is not listed', 'refused', NOWHERE),
  ];
}

/** A folder of the project: the others belong to the machine, and are not ours to write into. */
function isBelow(path: string): boolean {
  return !path.startsWith('/') && !path.startsWith('~') && !path.split('/').includes('..');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
