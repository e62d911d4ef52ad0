import { fileURLToPath } from 'node:url';

/** One place for how the program is bundled: the build, the scripts and the metafile test read it. */
export const entryPoints = { cli: 'src/cli/main.ts', index: 'src/index.ts' };

/**
 * Two of Node's modules that packages load at start-up and that cost a tenth of what `--help` takes: `node:process`,
 * whose import opens stdin and stdout while the global `process` does not, and `node:child_process`, which commander
 * wants for subcommands that are programs of their own.
 *
 * @type {import('esbuild').Plugin}
 */
const lightBuiltins = {
  name: 'light-builtins',
  setup(build) {
    build.onResolve({ filter: /^(node:)?process$/ }, () => ({ path: 'process', namespace: 'light' }));
    build.onResolve({ filter: /^(node:)?child_process$/ }, ({ importer }) =>
      /node_modules[\\/]commander[\\/]/.test(importer) ? { path: 'child_process', namespace: 'light' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'light' }, ({ path }) => ({
      contents: path === 'process' ? 'module.exports = globalThis.process;' : 'module.exports = {};',
      loader: 'js',
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
  banner: { js: BANNER.trimEnd() },
};
