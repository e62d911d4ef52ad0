import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';
import { build, transform } from 'esbuild';
import { BANNER, bundleOptions, entryPoints, gateAlone, toCommonJs } from './bundle.mjs';
import { thirdPartyNotices } from './notices.mjs';

// Built aside and swapped in, so that a run of the program never meets half a build.
const aside = `dist-${process.pid}.tmp`;
const old = `${aside}.old`;
await mkdir(aside, { recursive: true });
const options = { ...bundleOptions, outdir: 'dist', metafile: true, write: false };
const program = await build({ ...options, entryPoints: { cli: entryPoints.cli }, outExtension: { '.js': '.cjs' } });
for (const file of program.outputFiles) await put(file.path, await commonJs(file.text));
const gate = await build({
  ...options,
  splitting: false,
  format: 'cjs',
  entryPoints: { gate: entryPoints.cli },
  outExtension: { '.js': '.cjs' },
  plugins: [...options.plugins, gateAlone],
});
for (const file of gate.outputFiles) await put(file.path, file.contents);
// Apart from the program: what both share would be split off into more files, and each file takes its time to load.
const library = await build({
  ...options,
  entryPoints: { index: entryPoints.index },
  banner: { js: BANNER.trimEnd() },
});
for (const file of library.outputFiles) {
  // Each `createRequire` costs start-up time, and only the chunk with esbuild's own helper asks for it.
  await put(file.path, file.text.includes('typeof require') ? file.contents : file.text.replace(BANNER, ''));
}
// Goes into other people's servers: one file, and nothing of the rest.
const verifier = await build({
  ...options,
  splitting: false,
  entryPoints: { 'verify-token': entryPoints['verify-token'] },
});
for (const file of verifier.outputFiles) await put(file.path, file.contents);
const built = [program, gate, library, verifier].map(({ metafile }) => metafile);
const metafile = {
  inputs: Object.assign({}, ...built.map(({ inputs }) => inputs)),
  outputs: Object.assign({}, ...built.map(({ outputs }) => outputs)),
};
await writeFile(`${aside}/meta.json`, `${JSON.stringify(metafile, null, 1)}\n`);
await writeFile('THIRD-PARTY-NOTICES.txt', await thirdPartyNotices(metafile));
execFileSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json', '--outDir', `${aside}/types`],
  { stdio: 'inherit' },
);
if (existsSync('dist')) await rename('dist', old);
await rename(aside, 'dist');
await rm(old, { recursive: true, force: true });

/** What is named at run time alone may be an ES module: it stays an `import()`, because `require` takes none before Node 20.19. */
async function commonJs(text) {
  const kept = '__import(';
  const { code } = await transform(text.replace(/\bimport\((?=[\w$])/g, kept), toCommonJs);
  return code.replaceAll(kept, 'import(');
}

async function put(file, contents) {
  const path = file.replace(/([\\/])dist([\\/])(?!.*[\\/]dist[\\/])/, `$1${aside}$2`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}
