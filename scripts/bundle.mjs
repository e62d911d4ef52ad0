import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One place for how the program is bundled: the build, the scripts and the metafile test read it. */
export const entryPoints = {
  cli: 'src/cli/main.ts',
  index: 'src/index.ts',
  'verify-token': 'src/verify-token/index.ts',
};

const LIGHT = {
  // Importing it opens stdin and stdout, which the global one does not.
  process: 'module.exports = globalThis.process;',
  // Commander wants it for subcommands that are programs of their own.
  child_process: 'module.exports = {};',
  // Most runs hash nothing.
  crypto: [
    'createHash',
    'createHmac',
    'createPrivateKey',
    'createPublicKey',
    'generateKeyPairSync',
    'hash',
    'randomBytes',
    'sign',
    'timingSafeEqual',
    'verify',
  ]
    .map(
      (name) => `export const ${name} = (...a) => (crypto ??= process.getBuiltinModule('node:crypto')).${name}(...a);`,
    )
    .join('\n')
    .concat('\nlet crypto;'),
};

/**
 * Those of Node's modules that cost a tenth and more of what `--help` takes as soon as they are imported.
 *
 * @type {import('esbuild').Plugin}
 */
const lightBuiltins = {
  name: 'light-builtins',
  setup(build) {
    build.onResolve({ filter: /^(node:)?(process|crypto)$/ }, ({ path }) => light(path));
    build.onResolve({ filter: /^(node:)?child_process$/ }, ({ path, importer }) =>
      /node_modules[\\/]commander[\\/]/.test(importer) ? light(path) : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'light' }, ({ path }) => ({ contents: LIGHT[path], loader: 'js' }));
  },
};

const light = (path) => ({ path: path.replace(/^node:/, ''), namespace: 'light' });

const ONLY_GATE = `
import { run } from './commands/gate.ts';
import { spec } from './commands/gate.spec.ts';
export const commands = [{ spec, load: async () => ({ run }) }];
export const groups = [];
`;

/**
 * The program with no other command than the gate, for one file of its own: a client waits for it at each start, and each of
 * forty files takes as long to be found and opened as most take to run.
 *
 * @type {import('esbuild').Plugin}
 */
export const gateAlone = {
  name: 'gate-alone',
  setup(build) {
    build.onLoad({ filter: /[\\/]cli[\\/]commands\.generated\.ts$/ }, ({ path }) => ({
      contents: ONLY_GATE,
      loader: 'ts',
      resolveDir: dirname(path),
    }));
  },
};

/** Bundled CommonJS packages ask for Node's own modules with require(), which an ES module does not have. */
export const BANNER = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);\n";

/** @type {import('esbuild').BuildOptions} */
export const bundleOptions = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  minify: true,
  plugins: [lightBuiltins],
  // As ES modules: one package's entry for Node asks for its own parts with a `require` that no bundler can follow,
  // and the other's is CommonJS, whose wrappers cost a tenth of what a lint takes.
  alias: {
    'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
    yaml: fileURLToPath(new URL('../node_modules/yaml/browser/index.js', import.meta.url)),
  },
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
};

/**
 * Only ES modules can be split, and Node starts CommonJS faster: each file of the program is turned into it afterwards.
 *
 * @type {import('esbuild').TransformOptions}
 */
export const toCommonJs = {
  format: 'cjs',
  platform: 'node',
  target: 'node20.17',
  minify: true,
  supported: { 'dynamic-import': false },
};
