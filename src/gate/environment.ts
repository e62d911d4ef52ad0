import type { AgentPolicy } from '../model/policy.ts';

/** What programs need to run at all; none of it is a credential. */
const PLAIN = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'TZ', 'TMPDIR', 'TMP', 'TEMP', 'TERM', 'PWD'],
  ...['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR'],
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA'],
  ...['PROGRAMFILES', 'USERPROFILE', 'USERNAME', 'HOMEDRIVE', 'HOMEPATH', 'NUMBER_OF_PROCESSORS'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'],
]);

type Environment = Readonly<Record<string, string | undefined>>;

/** What a server gets to see of the gate's environment: what runs programs, and what the policy names for this server. */
export function serverEnvironment(
  env: Environment,
  agent: AgentPolicy,
  server: string,
  passed: readonly string[],
): Record<string, string> {
  const own = Object.hasOwn(agent.servers, server) ? Object.keys(agent.servers[server]?.env ?? {}) : [];
  const credentials = Object.entries(agent.credentials)
    .filter(([, { servers }]) => servers.includes(server))
    .map(([name]) => name);
  const named = new Set([...own, ...credentials, ...passed]);
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => {
      const [name, value] = entry;
      const isPlain = PLAIN.has(name.toUpperCase()) || /^LC_[A-Z]+$/.test(name);
      return value !== undefined && (isPlain || named.has(name));
    }),
  );
}
