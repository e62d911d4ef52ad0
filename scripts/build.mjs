import { mkdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundleOptions, entryPoints } from './bundle.mjs';
import { thirdPartyNotices } from './notices.mjs';

await rm('dist', { recursive: true, force: true });
const result = await build({ ...bundleOptions, entryPoints, outdir: 'dist', metafile: true });
await mkdir('dist', { recursive: true });
await writeFile('dist/meta.json', `${JSON.stringify(result.metafile, null, 1)}\n`);
await writeFile('THIRD-PARTY-NOTICES.txt', await thirdPartyNotices(result.metafile));
