import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import process from 'node:process';
import { build } from 'esbuild';
import { BANNER, bundleOptions, entryPoints } from './bundle.mjs';
import { thirdPartyNotices } from './notices.mjs';

// Built aside and swapped in, so that a run of the program never meets half a build.
const aside = `dist-${process.pid}.tmp`;
const old = `${aside}.old`;
await mkdir(aside, { recursive: true });
const result = await build({ ...bundleOptions, entryPoints, outdir: 'dist', metafile: true, write: false });
for (const file of result.outputFiles) {
  // Each `createRequire` costs start-up time, and only the chunk with esbuild's own helper asks for it.
  const contents = file.text.includes('typeof require') ? file.contents : file.text.replace(BANNER, '');
  const path = file.path.replace(/([\\/])dist([\\/])(?!.*[\\/]dist[\\/])/, `$1${aside}$2`);
  await mkdir(path.replace(/[\\/][^\\/]*$/, ''), { recursive: true });
  await writeFile(path, contents);
}
await writeFile(`${aside}/meta.json`, `${JSON.stringify(result.metafile, null, 1)}\n`);
await writeFile('THIRD-PARTY-NOTICES.txt', await thirdPartyNotices(result.metafile));
execFileSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json', '--outDir', `${aside}/types`],
  { stdio: 'inherit' },
);
if (existsSync('dist')) await rename('dist', old);
await rename(aside, 'dist');
await rm(old, { recursive: true, force: true });
