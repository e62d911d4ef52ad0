import type { AgentPolicy } from '../model/policy.ts';
import { withheld } from './credentials.ts';

/** What programs need to run at all. */
const PLAIN = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'TZ', 'TMPDIR', 'TMP', 'TEMP', 'TERM', 'PWD'],
  ...['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR'],
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA'],
  ...['PROGRAMFILES', 'USERPROFILE', 'USERNAME', 'HOMEDRIVE', 'HOMEPATH', 'NUMBER_OF_PROCESSORS'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'],
]);

type Environment = Readonly<Record<string, string | undefined>>;

/** What is said to the gate is not for servers: an address and a secret to ask people with may be among it. */
const isOwn = (name: string) => /^STAKES_/i.test(name);

/**
 * What a server gets to see of the gate's environment: what runs programs, and what the policy names for this server, but no
 * credential that its tools have no use for. `passed`: what a person says that it sees besides.
 */
export function serverEnvironment(
  env: Environment,
  agent: AgentPolicy,
  server: string,
  passed: readonly string[],
  tell: (text: string) => void = () => undefined,
): Record<string, string> {
  const own = (Object.hasOwn(agent.servers, server) ? agent.servers[server]?.env : undefined) ?? {};
  const credentials = Object.entries(agent.credentials)
    .filter(([, { servers }]) => servers.includes(server))
    .map(([name]) => name);
  const isPassed = new Set(passed);
  const seen: Record<string, string> = {};
  const put = (name: string, value: string | undefined, why: string | undefined) => {
    if (value === undefined || isOwn(name)) return;
    if (why === undefined || isPassed.has(name)) seen[name] = value;
    else tell(`the server does not see \`${name}\`: ${why}; \`--pass-env ${name}\` shows it`);
  };
  for (const [name, value] of Object.entries(env))
    if (PLAIN.has(name.toUpperCase()) || /^LC_[A-Z]+$/.test(name)) put(name, value, secretOfProxy(value));
  for (const name of new Set([...Object.keys(own), ...credentials]))
    put(name, env[name] ?? setting(own, name), withheld(agent, server, name));
  for (const name of isPassed) put(name, env[name], undefined);
  return seen;
}

/** What the policy itself says that a variable is; one that refers to others is for whoever starts the gate to fill in. */
function setting(own: Readonly<Record<string, string>>, name: string): string | undefined {
  const value = Object.hasOwn(own, name) ? own[name] : undefined;
  return value?.includes('${') ? undefined : value;
}

function secretOfProxy(value: string | undefined): string | undefined {
  const isSecret = value !== undefined && /^\w+:\/\/[^/]*@/.test(value);
  return isSecret ? 'there is a password in its address' : undefined;
}
