import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { JsonRecord } from '../../src/probe/json.ts';
import type { EmittedFile } from '../../src/targets/define.ts';

// Node 20's V8 (11.3) inlines calls into WebAssembly and crashes when one that is hot is deoptimized.
setFlagsFromString('--no-turbo-inline-js-wasm-calls');

export type CedarBundle = { policies: Record<string, string>; schema: string; entities: cedar.EntityJson[] };
export type CedarRequest = {
  principal: cedar.TypeAndId;
  action: cedar.TypeAndId;
  resource: cedar.TypeAndId;
  context: JsonRecord;
};
export type CedarDecision = { decision: 'allow' | 'deny'; because: string[]; errors: string[] };

/** Reads `policies.cedar`, `schema.cedarschema` and `entities.json`. Throws when a policy has no `@id`, or one twice. */
export function loadCedarBundle(directory: string): CedarBundle {
  const read = (name: string): string => readFileSync(join(directory, name), 'utf8');
  return {
    policies: policiesById(read('policies.cedar')),
    schema: read('schema.cedarschema'),
    entities: JSON.parse(read('entities.json')) as cedar.EntityJson[],
  };
}

export function policiesById(text: string): Record<string, string> {
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === 'failure') throw new Error(messages(parts.errors));
  if (parts.policy_templates.length > 0) throw new Error('a template is not a policy of its own');
  const policies: Record<string, string> = {};
  for (const policy of parts.policies) {
    const parsed = cedar.policyToJson(policy);
    if (parsed.type === 'failure') throw new Error(messages(parsed.errors));
    const id = parsed.json.annotations?.id;
    if (id === undefined) throw new Error(`a policy has no @id: ${policy}`);
    if (Object.hasOwn(policies, id)) throw new Error(`two policies have the @id ${id}`);
    policies[id] = policy;
  }
  return policies;
}

/** Everything the engine objects to, warnings too: an impossible policy is only a warning there. Empty means valid. */
export function validateCedar(bundle: CedarBundle): string[] {
  const schema = cedar.schemaToJson(bundle.schema);
  if (schema.type === 'failure') return schema.errors.map(messageOf);
  // A schema without actions makes every policy pass.
  const actions = Object.values(schema.json).flatMap((namespace) => Object.keys(namespace.actions));
  if (actions.length === 0) return ['the schema declares no action'];
  const entities = cedar.checkParseEntities({ entities: bundle.entities, schema: bundle.schema });
  const answer = cedar.validate({
    validationSettings: { mode: 'strict' },
    schema: bundle.schema,
    policies: { staticPolicies: bundle.policies },
  });
  return [
    ...schema.warnings.map(messageOf),
    ...(entities.type === 'failure' ? entities.errors.map(messageOf) : []),
    ...(answer.type === 'failure'
      ? [...answer.errors, ...answer.warnings].map(messageOf)
      : [
          ...[...answer.validationErrors, ...answer.validationWarnings].map(
            (e) => `${e.policyId}: ${messageOf(e.error)}`,
          ),
          ...answer.otherWarnings.map(messageOf),
        ]),
  ];
}

/** An error of any kind is a deny, and is reported: the engine itself skips a policy that errors. */
export function decideCedar(bundle: CedarBundle, request: CedarRequest): CedarDecision {
  const answer = cedar.isAuthorized({
    ...request,
    schema: bundle.schema,
    validateRequest: true,
    policies: { staticPolicies: bundle.policies },
    entities: bundle.entities,
  });
  if (answer.type === 'failure') return { decision: 'deny', because: [], errors: answer.errors.map(messageOf) };
  const { decision, diagnostics } = answer.response;
  const errors = diagnostics.errors.map((e) => `${e.policyId}: ${messageOf(e.error)}`);
  return { decision: errors.length > 0 ? 'deny' : decision, because: diagnostics.reason, errors };
}

/** What the engine alone would say, without the rule that an error is a deny. */
export function rawCedarDecision(bundle: CedarBundle, request: CedarRequest): 'allow' | 'deny' | 'failure' {
  const answer = cedar.isAuthorized({
    ...request,
    policies: { staticPolicies: bundle.policies },
    entities: bundle.entities,
  });
  return answer.type === 'failure' ? 'failure' : answer.response.decision;
}

export type StakesCall = { agent: string; tool: string; input?: JsonRecord; approved?: boolean; server?: string };

/** The request for one call, in the names that the generated schema uses. */
export function stakesRequest(call: StakesCall): CedarRequest {
  const server = call.server ?? call.tool.slice(0, Math.max(0, call.tool.indexOf('/')));
  return {
    principal: { type: 'Stakes::Agent', id: call.agent },
    action: { type: 'Stakes::Action', id: call.tool },
    resource: { type: 'Stakes::Server', id: server },
    context: { input: call.input ?? {}, approved: call.approved ?? false },
  };
}

function messageOf(error: cedar.DetailedError): string {
  return error.help === null ? error.message : `${error.message} (${error.help})`;
}

function messages(errors: readonly cedar.DetailedError[]): string {
  return errors.map(messageOf).join('; ');
}

export type CedarCall = { agent: string; tool: string; input: JsonRecord; approved: boolean };

/** The files of one policy, and the module among them that makes a request of a call; null: the call fits no request. */
export async function openCedar(
  files: readonly EmittedFile[],
): Promise<{ bundle: CedarBundle; requestFor: (call: CedarCall) => CedarRequest | null }> {
  const read = (name: string): string => files.find(({ path }) => path === name)?.content ?? '';
  const schema = read('schema.cedarschema');
  const parsed = cedar.schemaToJson(schema);
  if (parsed.type === 'failure') throw new Error(messages(parsed.errors));
  const module = (await import(`data:text/javascript,${encodeURIComponent(read('request.mjs'))}`)) as {
    requestFor: (schema: unknown, call: CedarCall) => CedarRequest | null;
  };
  return {
    bundle: {
      policies: policiesById(read('policies.cedar')),
      schema,
      entities: JSON.parse(read('entities.json')) as CedarBundle['entities'],
    },
    requestFor: (call) => module.requestFor(parsed.json, call),
  };
}
