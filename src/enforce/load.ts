import type { Loaded, Problem } from '../model/place.ts';
import { POLICY_SCHEMA, type Policy } from '../model/policy.ts';
import { kindOf } from './arguments/kind.ts';
import { jsonFaultAt, lineAndColumn } from './json-fault.ts';
import { schemaProblems } from './policy-complaints.ts';
import { referenceFaults } from './references.ts';
import { validatePolicy } from './validator.generated.ts';

const MOST_BYTES = 1_000_000;
/** A manifest nests 64 deep, and its argument schemas stand a few levels deeper here. */
const MOST_DEPTH = 100;
const MOST_TOLD = 5;
const AGAIN = 'write it again with `stakes generate`';

/** Reads a `policy.json`. Anything that is not a whole policy of this version says what it is instead. */
export function loadPolicy(text: string, file: string): Loaded<Policy> {
  const invalid = (code: string, message: string, help = AGAIN): Loaded<Policy> => ({
    state: 'invalid',
    problems: [{ code, message, help, file }],
  });
  if (text.length > MOST_BYTES || Buffer.byteLength(text) > MOST_BYTES)
    return invalid('too-large', `a policy has at most ${MOST_BYTES} bytes, and this file has more`);
  if (text.trim() === '')
    return { state: 'empty', problems: [{ code: 'empty-file', message: 'this file is empty', help: AGAIN, file }] };
  const parsed = parse(text, file);
  if ('problem' in parsed) return { state: 'invalid', problems: [parsed.problem] };
  const { value } = parsed;
  const schema = kindOf(value) === 'object' ? (value as Record<string, unknown>).schema : undefined;
  if (schema !== POLICY_SCHEMA) return invalid(...otherFormat(schema));
  if (isTooDeep(value)) return invalid('too-deep', `a policy nests at most ${MOST_DEPTH} deep`);
  if (!validatePolicy(value))
    return { state: 'invalid', problems: schemaProblems(validatePolicy.errors ?? [], file, AGAIN) };
  const faults = referenceFaults(value as Policy);
  if (faults.length === 0) return { state: 'ok', value: value as Policy };
  const problems = faults
    .slice(0, MOST_TOLD)
    .map(({ code, pointer, message }) => ({ code, message: `\`${pointer}\` ${message}`, help: AGAIN, file }));
  return { state: 'invalid', problems };
}

function parse(text: string, file: string): { value: unknown } | { problem: Problem } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    const at = jsonFaultAt(text);
    const { line, column } = lineAndColumn(text, at);
    const message = at >= text.length ? 'this ends before its JSON does' : 'this is not JSON from here on';
    const place = { file, document: 0, pointer: '', line, column, endLine: line, endColumn: column + 1 };
    return { problem: { code: 'not-json', message, help: AGAIN, place } };
  }
}

function otherFormat(schema: unknown): [code: string, message: string, help?: string] {
  const name = typeof schema === 'string' ? schema.slice(0, 100) : undefined;
  const version = Number(/^stakes\/policy@([1-9][0-9]{0,8})$/.exec(name ?? '')?.[1] ?? 0);
  if (version > 1)
    return [
      'newer-format',
      `this policy is \`${name}\`, and this version of stakes reads \`${POLICY_SCHEMA}\``,
      'update stakes',
    ];
  const is = name === undefined ? 'this has no `schema`' : `this is \`${name}\``;
  return ['not-a-policy', `${is}, and a policy has \`"schema": "${POLICY_SCHEMA}"\``];
}

function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_DEPTH) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}
