// Asks Cedar about calls, with the generated files as they are. A program of its own, because the engine belongs to the user.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';

interface Call {
  agent: string;
  tool: string;
  input: unknown;
  approved: boolean;
}
interface Detail {
  message: string;
}
interface Cedar {
  schemaToJson(text: string): { type: 'success'; json: unknown } | { type: 'failure'; errors: Detail[] };
  validate(
    call: object,
  ):
    | { type: 'success'; validationErrors: { error: Detail }[]; validationWarnings: { error: Detail }[] }
    | { type: 'failure'; errors: Detail[] };
  isAuthorized(
    call: object,
  ):
    | { type: 'success'; response: { decision: 'allow' | 'deny'; diagnostics: { errors: unknown[] } } }
    | { type: 'failure'; errors: Detail[] };
}

// Node 20's V8 (11.3) inlines calls into WebAssembly and crashes when one that is hot is deoptimized.
if (process.versions.node.startsWith('20.')) setFlagsFromString('--no-turbo-inline-js-wasm-calls');

const [engine = '', folder = ''] = process.argv.slice(2);
const require = createRequire(join(engine, 'package.json'));
const cedar = (await import(
  pathToFileURL(require.resolve('@cedar-policy/cedar-wasm/nodejs')).href
)) as unknown as Cedar & { default?: Cedar };
const { schemaToJson, validate, isAuthorized } = cedar.default ?? cedar;
const { requestFor } = (await import(pathToFileURL(join(folder, 'request.mjs')).href)) as {
  requestFor: (schema: unknown, call: Call) => object | null;
};

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const calls = JSON.parse(readFileSync(0, 'utf8')) as Call[];
const schemaText = read('schema.cedarschema');
const staticPolicies = read('policies.cedar');
const schema = schemaToJson(schemaText);
const checked = validate({ validationSettings: { mode: 'strict' }, schema: schemaText, policies: { staticPolicies } });
const faults = [
  ...(schema.type === 'failure' ? schema.errors : []),
  ...(checked.type === 'failure'
    ? checked.errors
    : [...checked.validationErrors, ...checked.validationWarnings].map(({ error }) => error)),
].map(({ message }) => message);

const rest = {
  schema: schemaText,
  validateRequest: true,
  policies: { staticPolicies },
  entities: JSON.parse(read('entities.json')) as unknown,
};
const allowed = calls.map((call) => {
  const request = schema.type === 'success' ? requestFor(schema.json, call) : null;
  if (request === null) return false;
  const answer = isAuthorized({ ...request, ...rest });
  return (
    answer.type === 'success' && answer.response.decision === 'allow' && answer.response.diagnostics.errors.length === 0
  );
});
process.stdout.write(JSON.stringify({ faults, allowed }));
