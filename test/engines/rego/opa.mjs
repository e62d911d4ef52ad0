#!/usr/bin/env node
// `opa`, as far as `stakes prove` uses it, on the engine of OPA 0.47 that the package beside it carries.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { evaluate } from './wasm.mjs';

const [command, ...rest] = process.argv.slice(2);

if (command === 'version') {
  // The engine itself is asked, so that a package with another one in it is not taken for this.
  const ok = await evaluate([], '1 == 1').catch(() => false);
  print('Version: 0.47.0\n', ok === true ? 0 : 2);
} else if (command === 'eval') {
  const options = { format: { type: 'string' }, data: { type: 'string' }, 'stdin-input': { type: 'boolean' } };
  const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
  const policy = readFileSync(values.data, 'utf8');
  // The engine puts the policy into a package of its own.
  const root = /^package (.*)$/m.exec(policy)?.[1] ?? '';
  const query = positionals[0].replaceAll(`data.${root}.`, '').replace('input[at]', 'calls[at]');
  try {
    const value = await evaluate([policy], query, JSON.parse(readFileSync(0, 'utf8')));
    print(JSON.stringify({ result: [{ expressions: [{ value, text: positionals[0] }] }] }), 0);
  } catch (error) {
    print(JSON.stringify({ errors: [{ message: error.message }] }), 2);
  }
} else print(`unknown command ${command}\n`, 1);

function print(text, code) {
  process.stdout.write(text, () => process.exit(code));
}
