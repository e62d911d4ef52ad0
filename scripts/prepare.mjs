import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

const NPM_GLOBAL = /^npm_config_(?:global|location|prefix)$/i;

// npm prepares a git dependency without its own dependencies when it is installed globally, as pre-commit does.
if (!existsSync('node_modules/esbuild')) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !NPM_GLOBAL.test(name)));
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', args, { env, stdio: 'inherit', shell: process.platform === 'win32' });
}
await import('./build.mjs');
