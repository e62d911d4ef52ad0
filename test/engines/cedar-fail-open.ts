import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../src/model/policy.ts';
import type { JsonRecord } from '../../src/probe/json.ts';
import { writeIn } from '../../src/probe/workspace.ts';
import { target } from '../../src/targets/cedar/target.ts';

export type Edits = Record<string, (text: string) => string>;
export type Call = { tool: string; input: JsonRecord };
type Allows = (agent: string, tool: string, input: JsonRecord, approved: boolean) => boolean;

const scratch = mkdtempSync(join(tmpdir(), 'stakes-cedar-open-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
symlinkSync(join(import.meta.dirname, 'node_modules'), join(scratch, 'node_modules'));

/** The generated files, with the program of the generated instructions beside them. */
export function installed(made: Policy, edits: readonly Edits[]): string {
  const folder = mkdtempSync(join(scratch, 'bundle-'));
  for (const { path, content } of target.emit(made).files) writeIn(folder, path, content);
  const program = /```js\n([\s\S]*?)```/.exec(target.usage(made))?.[1];
  if (program === undefined) throw new Error('the instructions have no program');
  writeIn(folder, 'allows.mjs', program);
  for (const [name, edit] of edits.flatMap((one) => Object.entries(one))) {
    const file = join(folder, name);
    const before = readFileSync(file, 'utf8');
    const after = edit(before);
    // A generator that words it in another way would turn both halves into one.
    if (after === before) throw new Error(`nothing to change in ${name}`);
    writeFileSync(file, after);
  }
  return folder;
}

/** The calls of the agent `desk` that the real engine lets through. */
export async function allowedBy(folder: string, calls: readonly Call[]): Promise<Call[]> {
  const { allows } = (await import(join(folder, 'allows.mjs'))) as { allows: Allows };
  return calls.filter(({ tool, input }) => allows('desk', tool, input, false));
}
