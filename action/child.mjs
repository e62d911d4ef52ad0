import { spawnSync } from 'node:child_process';

const KEPT = ['PATH', 'HOME', 'USERPROFILE', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'PATHEXT', 'ComSpec'];
const OF_NPM = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'NODE_EXTRA_CA_CERTS'],
  ...['NPM_CONFIG_REGISTRY', 'npm_config_registry', 'NPM_CONFIG_CACHE', 'npm_config_cache'],
];

// A folder of the checkout may look like a repository with a configuration of its own.
const GIT = [
  ['safe.bareRepository', 'explicit'],
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
];

/** What a child sees: no token, no `NODE_OPTIONS`, nothing else that an earlier step may have set. */
function environment(env, names) {
  const kept = Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
  const git = GIT.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    ...kept,
    ...Object.fromEntries(git),
    GIT_CONFIG_COUNT: String(GIT.length),
    GIT_TERMINAL_PROMPT: '0',
    // Windows would look in the checkout before the path.
    NoDefaultCurrentDirectoryInExePath: '1',
  };
}

/** Runs a program without a shell. `code` is 4 where it did not end by itself. */
export function child(env, file, args, { cwd, npm = false, minutes = 10 }) {
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd,
    env: environment(env, npm ? [...KEPT, ...OF_NPM] : KEPT),
    encoding: 'utf8',
    input: '',
    maxBuffer: 256 * 1024 * 1024,
    timeout: minutes * 60_000,
    windowsHide: true,
    // On Windows npm is a script, which only a shell starts; nothing that is passed to it comes from anybody.
    shell: npm && process.platform === 'win32',
  });
  return { code: status ?? 4, out: stdout ?? '', err: `${stderr ?? ''}${error ? `${error.message}\n` : ''}` };
}
