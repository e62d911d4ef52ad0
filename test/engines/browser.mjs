// A Chromium to open pages in: the machine's own, else the one that `npm ci` brought. As a program it says which, or fails.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
/** The package unpacks itself where temporary files go, and would run whatever lies there already. */
const unpacked = join(import.meta.dirname, 'node_modules/.browser');

/** The fonts of its package are for one system, too; without any font a page takes the browser down. */
const FONTS = `<?xml version="1.0"?>
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(unpacked, 'fonts')}</dir>
  <cachedir>${join(unpacked, 'fonts-cache')}</cachedir>
</fontconfig>
`;

/** Where it is, and what it needs in its environment. */
export async function findBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const own = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path));
  if (own !== undefined) return { path: own, env: {} };
  mkdirSync(unpacked, { recursive: true });
  const before = { ...process.env };
  try {
    process.env.TMPDIR = unpacked;
    // It brings the libraries along for the one system that it is made for.
    process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
    const { default: packed } = await import('@sparticuz/chromium');
    const path = await packed.executablePath();
    const fonts = join(unpacked, 'fonts.conf');
    writeFileSync(fonts, FONTS);
    return { path, env: { LD_LIBRARY_PATH: join(unpacked, 'al2023/lib'), FONTCONFIG_FILE: fonts } };
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

if (process.argv[1] === import.meta.filename) {
  const { path, env } = await findBrowser();
  const tried = spawnSync(path, ['--version', '--no-sandbox'], { env: { ...process.env, ...env }, encoding: 'utf8' });
  console.log(`${tried.stdout}${path}`);
  if (tried.status !== 0) {
    console.error(tried.error?.message ?? tried.stderr);
    process.exitCode = 1;
  }
}
