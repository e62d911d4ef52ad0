// Asks Cedar about calls, under the schema that AWS's generator makes of the tools. A program of its own, because both belong to the user.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { contextOf, type Input } from './request.ts';

interface Job {
  stub: string;
  tools: { name: string; inputSchema: Input }[];
  statements: Record<string, string>;
  gateway: string;
  calls: { name: string; input: unknown; tags: Record<string, string> }[];
}
interface Detail {
  message: string;
}
type Failure = { type: 'failure'; errors: Detail[] };
interface Cedar {
  validate(
    call: object,
  ): { type: 'success'; validationErrors: { error: Detail }[]; validationWarnings: { error: Detail }[] } | Failure;
  preparsePolicySet(id: string, policies: object): { type: string };
  preparseSchema(name: string, schema: string): { type: string };
  statefulIsAuthorized(
    call: object,
  ): { type: 'success'; response: { decision: 'allow' | 'deny'; diagnostics: { errors: unknown[] } } } | Failure;
}
interface Generator {
  generateSchema(stub: string, tools: string, config: string): string;
}

// Node 20's V8 (11.3) inlines calls into WebAssembly and crashes when one that is hot is deoptimized.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--no-turbo-inline-js-wasm-calls');

const [engine = ''] = process.argv.slice(2);
const require = createRequire(join(engine, 'package.json'));
const { generateSchema } = require('@cedar-policy/mcp-schema-generator-wasm') as Generator;
const cedar = require('@cedar-policy/cedar-wasm/nodejs') as Cedar;

const { stub, tools, statements, gateway, calls } = JSON.parse(readFileSync(0, 'utf8')) as Job;
const config = JSON.stringify({ objectsAsRecords: true, numbersAsDecimal: true });
const described = tools.map((tool) => ({ description: '', ...tool }));
const made = JSON.parse(generateSchema(stub, JSON.stringify(described), config)) as {
  isOk: boolean;
  error: string | null;
  schema: string;
};
const policies = { staticPolicies: statements };
const checked = made.isOk
  ? cedar.validate({ validationSettings: { mode: 'strict' }, schema: made.schema, policies })
  : ({ type: 'failure', errors: [{ message: made.error ?? '' }] } as const);
const faults =
  checked.type === 'failure'
    ? checked.errors
    : [...checked.validationErrors, ...checked.validationWarnings].map(({ error }) => error);

// Read once: there are thousands of calls.
const isReady =
  faults.length === 0 &&
  cedar.preparsePolicySet('all', policies).type === 'success' &&
  cedar.preparseSchema('gateway', made.schema).type === 'success';

const inputs = new Map(tools.map(({ name, inputSchema }) => [name, inputSchema]));
const principal = { type: 'AgentCore::OAuthUser', id: 'stakes' };
const allowed = calls.map(({ name, input, tags }) => {
  const schema = inputs.get(name);
  const context = schema === undefined ? undefined : contextOf(schema, input);
  // Without the tool in its schema, or with arguments of another type, the gateway has no request to decide about.
  if (context === undefined || !isReady) return false;
  const answer = cedar.statefulIsAuthorized({
    principal,
    action: { type: 'AgentCore::Action', id: name },
    resource: { type: 'AgentCore::Gateway', id: gateway },
    context: { input: context },
    preparsedSchemaName: 'gateway',
    preparsedPolicySetId: 'all',
    validateRequest: true,
    entities: [{ uid: principal, attrs: {}, parents: [], tags }],
  });
  return answer.type === 'success' && answer.response.decision === 'allow';
});
process.stdout.write(JSON.stringify({ faults: faults.map(({ message }) => message), allowed }));
