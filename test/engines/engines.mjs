import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

export const here = import.meta.dirname;

/** Names of packages where they are other than the program's; `go` brings the library that is tested with it. */
const debian = {
  nginx: 'nginx-light',
  bwrap: 'bubblewrap',
  socat: 'socat',
  rg: 'ripgrep',
  go: 'golang-go golang-golang-x-mod-dev',
  busybox: 'busybox-static',
  podman: 'podman netavark aardvark-dns',
  squid: 'squid-openssl',
};

/**
 * The engines that need something beyond Node and have no folder of their own. One with a folder is described by the
 * `engine.mjs` in it, and its packages, where it has any, are pinned there: nobody else waits for them. A test file belongs to the engine its name begins with, up to the first
 * dot; a file of no engine here (`gate.test.ts`) always runs.
 */
const together = [
  {
    name: 'claude-code',
    smoke: true,
    package: '@anthropic-ai/claude-code-linux-x64',
    programs: ['bwrap', 'socat', 'rg'],
    trial: [join(here, 'node_modules/@anthropic-ai/claude-code-linux-x64/claude'), '--version'],
  },
  {
    name: 'srt',
    smoke: true,
    package: '@anthropic-ai/sandbox-runtime',
    programs: ['bwrap', 'socat', 'rg', 'curl'],
    trial: ['bwrap', '--ro-bind', '/', '/', '--unshare-net', '--dev', '/dev', '--proc', '/proc', 'true'],
  },
  { name: 'cedar', smoke: true, package: '@cedar-policy/cedar-wasm', programs: [], trial: undefined },
  // Two that check what we sign, neither of them ours.
  {
    name: 'audit',
    smoke: false,
    package: undefined,
    programs: ['openssl', 'go'],
    trial: ['ls', '/usr/share/gocode/src/golang.org/x/mod/sumdb/note'],
    needs: 'on Debian: apt-get install golang-golang-x-mod-dev',
  },
  // A pack of evidence, checked with what any machine has.
  { name: 'audit-pack', smoke: false, package: undefined, programs: ['openssl'], trial: ['openssl', 'version'] },
  // A warehouse in a library, which reads what is exported.
  { name: 'audit-export', smoke: false, package: '@duckdb/node-api', programs: [], trial: undefined },
  // An authorization server, which exchanges the gate's tokens for its own.
  { name: 'gate-tokens', smoke: true, package: 'oidc-provider', programs: [], trial: undefined },
  // What gates on many machines share their counts in.
  {
    name: 'gate-state',
    smoke: true,
    package: '@redis/client',
    programs: ['redis-server'],
    trial: ['redis-server', '--version'],
  },
  // A browser, for the page of an assessment; `npm ci` brings one for Linux x64.
  {
    name: 'html',
    smoke: false,
    package: 'playwright-core',
    programs: [],
    trial: [process.execPath, join(here, 'browser.mjs')],
  },
  // The gate between clients and servers on both versions of the protocol's own SDK.
  { name: 'gate-sdk', smoke: true, package: '@modelcontextprotocol/sdk', programs: [], trial: undefined },
  // Claude Code with the gate in front of a server; no sandbox takes part in it.
  {
    name: 'gate-claude-code',
    smoke: true,
    package: '@anthropic-ai/claude-code-linux-x64',
    programs: [],
    trial: [join(here, 'node_modules/@anthropic-ai/claude-code-linux-x64/claude'), '--version'],
  },
  // The protocol's own conformance suite, which conformance/ pins, with the Node that it needs.
  {
    name: 'gate-conformance',
    smoke: false,
    package: '@modelcontextprotocol/sdk',
    programs: [],
    trial: [process.execPath, '-e', "if (process.platform + process.arch !== 'linuxx64') throw new Error('no')"],
    needs: 'Linux x64, for the Node that comes with it',
  },
  // Real MCP servers, which scan-servers/ pins: asked for their tools, and behind the gate.
  { name: 'gate-servers', smoke: false, package: '@modelcontextprotocol/client', programs: [], trial: undefined },
  { name: 'scan', smoke: false, package: '@modelcontextprotocol/server', programs: [], trial: undefined },
];

const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(here, entry.name, 'engine.mjs')))
  .map(({ name }) => join(here, name))
  .sort();

export const engines = [
  ...together,
  ...(await Promise.all(
    folders.map(async (folder) => ({
      ...(
        await import(pathToFileURL(join(folder, 'engine.mjs')).href)
      ).engine,
      folder,
    })),
  )),
];

/** Why an engine cannot be proven on this machine and what to install; empty when it can. */
export function obstacles(engine) {
  const programs = missingPrograms(engine.programs);
  if (programs.length > 0) return `needs ${programs.join(', ')}; ${installLine(programs)}`;
  const { folder = here } = engine;
  if (engine.package !== undefined && !existsSync(join(folder, 'node_modules', engine.package)))
    return `the package ${engine.package} is not here; run \`npm ci\` in ${join('test/engines', relative(here, folder))} (the package has no build for every platform)`;
  if (engine.trial === undefined) return '';
  const [command, ...args] = engine.trial;
  const tried = spawnSync(command, args, { encoding: 'utf8', timeout: 60_000 });
  if (tried.status === 0) return '';
  const said = `${tried.error?.message ?? ''} ${tried.stderr ?? ''}`.trim();
  const needs = engine.needs ?? 'it must run on this machine (user namespaces, Linux x64)';
  return `\`${engine.trial.join(' ')}\` fails: ${said}; ${needs}`.replaceAll(`${here}/`, '');
}

export function missingPrograms(names) {
  return names.filter(
    (name) => !(process.env.PATH ?? '').split(delimiter).some((folder) => isProgram(join(folder, name))),
  );
}

export function installLine(programs) {
  const packages = programs.map((name) => debian[name] ?? name);
  return `on Debian: apt-get install ${packages.join(' ')}`;
}

/** Installs what is missing where that is ours to do: as root on Debian. Elsewhere `obstacles` says what is needed. */
export function installPrograms(wanted) {
  const missing = missingPrograms(wanted);
  const able =
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && missingPrograms(['apt-get']).length === 0;
  if (missing.length === 0 || !able) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) => spawnSync('apt-get', ['-q', ...args], { env, stdio: ['ignore', 2, 2], timeout: 600_000 });
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...missing.flatMap((name) => (debian[name] ?? name).split(' ')));
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
