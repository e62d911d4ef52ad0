/** One place for how the program is bundled: the build, the scripts and the metafile test read it. */
export const entryPoints = { cli: 'src/cli/main.ts', index: 'src/index.ts' };

/**
 * commander loads `node:child_process` for subcommands that are programs of their own, which stakes has none of, and
 * loading it is a tenth of what `--help` takes.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutChildProcesses = {
  name: 'without-child-processes',
  setup(build) {
    build.onResolve({ filter: /^(node:)?child_process$/ }, ({ importer }) =>
      /node_modules[\\/]commander[\\/]/.test(importer) ? { path: 'child_process', namespace: 'absent' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
  },
};

/** @type {import('esbuild').BuildOptions} */
export const bundleOptions = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  minify: true,
  plugins: [withoutChildProcesses],
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
  // Bundled CommonJS packages ask for Node's own modules with require(), which an ES module does not have.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
};
