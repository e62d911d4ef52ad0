// Asks Cedar about calls as ToolHive does: no schema, and an error of any policy is a deny. A program of its own, because the engine belongs to the user.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { attributesOf } from './request.ts';

interface Job {
  /** Policies by the file that they are in. */
  files: Record<string, string[]>;
  calls: { file: string; action: string; type: string; name: string; input: Record<string, unknown> }[];
}
interface Cedar {
  preparsePolicySet(
    id: string,
    policies: object,
  ): { type: 'success' } | { type: 'failure'; errors: { message: string }[] };
  statefulIsAuthorized(
    call: object,
  ):
    | { type: 'success'; response: { decision: 'allow' | 'deny'; diagnostics: { errors: unknown[] } } }
    | { type: 'failure' };
}

// Node 20's V8 (11.3) inlines calls into WebAssembly and crashes when one that is hot is deoptimized.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--no-turbo-inline-js-wasm-calls');

const [engine = ''] = process.argv.slice(2);
const cedar = createRequire(join(engine, 'package.json'))('@cedar-policy/cedar-wasm/nodejs') as Cedar;
const { files, calls } = JSON.parse(readFileSync(0, 'utf8')) as Job;

const faults = Object.entries(files).flatMap(([file, policies]) => {
  const staticPolicies = Object.fromEntries(policies.map((text, at) => [`policy${at}`, text]));
  const parsed = cedar.preparsePolicySet(file, { staticPolicies });
  return parsed.type === 'success' ? [] : parsed.errors.map(({ message }) => `${file}: ${message}`);
});
const principal = { type: 'Client', id: 'stakes' };
const allowed = calls.map(({ file, action, type, name, input }) => {
  if (faults.length > 0 || !Object.hasOwn(files, file)) return false;
  const attrs = attributesOf(name, input);
  const resource = { type, id: name };
  const answer = cedar.statefulIsAuthorized({
    principal,
    action: { type: 'Action', id: action },
    resource,
    context: attrs,
    preparsedPolicySetId: file,
    entities: [
      { uid: principal, attrs: {}, parents: [] },
      { uid: resource, attrs, parents: [] },
    ],
  });
  return (
    answer.type === 'success' && answer.response.decision === 'allow' && answer.response.diagnostics.errors.length === 0
  );
});
process.stdout.write(JSON.stringify({ faults, allowed }));
