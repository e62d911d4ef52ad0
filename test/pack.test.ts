import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'stakes-pack-'));
const project = join(folder, 'project');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const npm = (args: string[], cwd: string) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, npm_config_cache: join(folder, 'empty-cache') },
  });
const stakes = (...args: string[]) =>
  execFileSync(join(project, 'node_modules/.bin/stakes'), args, { cwd: project, encoding: 'utf8' });

describe('the packed tarball', () => {
  beforeAll(() => {
    // The build ran before the tests; running it again here would swap it under them.
    npm(['pack', '--ignore-scripts', '--pack-destination', folder], '.');
    cpSync('examples/release-scout.agent.yaml', join(project, 'release-scout.agent.yaml'), { recursive: true });
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
    execFileSync('npm', ['init', '--yes'], { cwd: project, stdio: 'ignore' });
    npm(['install', '--offline', join(folder, tarball)], project);
  });

  test('installs offline, with nothing else', () => {
    const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, unknown>;
    };
    expect(Object.keys(lock.packages).sort()).toEqual(['', 'node_modules/stakes']);
  });

  test('assesses and generates', () => {
    expect(stakes('assess')).toContain('LIGHT');
    expect(stakes('generate')).toContain('.stakes/release-scout');
    expect(stakes('generate', '--check')).toContain('up to date');
  });

  test('has the program, schemas, examples and notices, and no sources or tests', () => {
    const held = readdirSync(join(project, 'node_modules/stakes')).sort();
    expect(held).toEqual([
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.txt',
      'bin',
      'dist',
      'docs',
      'examples',
      'package.json',
      'schemas',
    ]);
  });

  test('has all that its README links to', () => {
    const root = join(project, 'node_modules/stakes');
    const links = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)];
    expect(links.length).toBeGreaterThan(20);
    expect(links.map(([, link = '']) => link).filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });

  test('its verifier is one file, with types that need no other package', () => {
    const program =
      "import('stakes/verify-token').then(({ verifyCall }) => verifyCall({}).catch((error) => console.log(error.code)))";
    expect(execFileSync(process.execPath, ['-e', program], { cwd: project, encoding: 'utf8' })).toBe('missing\n');
    const file = readFileSync(join(project, 'node_modules/stakes/dist/verify-token.js'), 'utf8');
    expect(file).not.toMatch(/\b(?:from|import)\s*\(?["'](?!node:)/);
    writeFileSync(
      join(project, 'server.mts'),
      `import { type Refusal, TokenRefused, verifyCall } from 'stakes/verify-token';
export async function check(token: string): Promise<Refusal | string> {
  try {
    const keys = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: '', kid: 'k', use: 'sig' }] };
    const { agent } = await verifyCall({ token, keys, issuer: 'urn:a', audience: 'urn:b', tool: 't', arguments: {} });
    return agent;
  } catch (error) {
    if (error instanceof TokenRefused) return error.code;
    throw error;
  }
}
`,
    );
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', ''];
    execFileSync(process.execPath, [tsc, ...flags, 'server.mts'], { cwd: project, stdio: 'pipe' });
  });

  test('can be imported', () => {
    const program =
      "import('stakes').then(({ assess, agentOf }) => console.log(assess(agentOf({ agent: { id: 'x' }, tools: {} })).tier))";
    expect(execFileSync(process.execPath, ['-e', program], { cwd: project, encoding: 'utf8' })).toBe('light\n');
  });
});
