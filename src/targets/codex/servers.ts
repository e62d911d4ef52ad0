import type { ServerGrant } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { quoted } from '../claude-code/quoted.ts';

/** The part of a server's settings that says how it is reached; undefined in `entry`: Codex cannot say it. */
export type Transport = { entry: Record<string, string | string[] | Record<string, string>> } | { reason: string };

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

export function transportOf(grant: ServerGrant): Transport {
  return grant.transport === 'http' ? remote(grant) : { entry: local(grant) };
}

/** Names of variables that the servers' settings refer to. */
export function variablesOf(grants: readonly ServerGrant[]): string[] {
  return [
    ...new Set(
      grants.flatMap((grant) =>
        namesIn(JSON.stringify([grant.args, grant.env, grant.headers, grant.command, grant.cwd])),
      ),
    ),
  ].sort();
}

function remote({ url, headers }: ServerGrant): Transport {
  const address = url ?? '';
  if (namesIn(address).length > 0) return { reason: 'Codex puts no variable into an address' };
  const plain: Record<string, string> = {};
  const referred: Record<string, string> = {};
  let bearer: string | undefined;
  for (const [name, value] of Object.entries(headers).sort(byName)) {
    const [whole] = [...value.matchAll(REFERENCE)];
    if (whole === undefined) plain[name] = value;
    else if (value === whole[0]) referred[name] = whole[1] ?? '';
    else if (/^authorization$/i.test(name) && value === `Bearer ${whole[0]}`) bearer = whole[1];
    else return { reason: `Codex puts no variable into a part of the header \`${name}\`` };
  }
  return {
    entry: {
      url: address,
      ...(bearer === undefined ? {} : { bearer_token_env_var: bearer }),
      ...(Object.keys(plain).length === 0 ? {} : { http_headers: plain }),
      ...(Object.keys(referred).length === 0 ? {} : { env_http_headers: referred }),
    },
  };
}

/** Codex hands variables on by their own names and knows no references, so a shell fills in all others. */
function local({ command, args, env, cwd }: ServerGrant): Record<string, string | string[] | Record<string, string>> {
  const entries = Object.entries(env).sort(byName);
  const plain = entries.filter(([, value]) => namesIn(value).length === 0);
  const referring = entries.filter(([name, value]) => namesIn(value).length > 0 && value !== `\${${name}}`);
  const words = [command ?? '', ...args];
  const passed = [...new Set([...entries.map(([, value]) => value), ...words, cwd ?? ''].flatMap(namesIn))].sort();
  const isPlain = cwd === null && referring.length === 0 && words.every((word) => namesIn(word).length === 0);
  const settings = referring.map(([name, value]) => `${quoted(name)}=${filledIn(value)}`);
  if (settings.length > 0) settings.unshift('env', '--');
  const start = [
    ...(cwd === null ? [] : [`cd -- ${filledIn(cwd)}`]),
    // By `env`, because the name may be no name for the shell.
    `exec ${[...settings, ...words.map(filledIn)].join(' ')}`,
  ];
  return {
    ...(isPlain ? { command: command ?? '', args } : { command: '/bin/sh', args: ['-c', start.join(' && ')] }),
    ...(plain.length === 0 ? {} : { env: Object.fromEntries(plain) }),
    ...(passed.length === 0 ? {} : { env_vars: passed }),
  };
}

/** One word for the shell; a variable that is not set ends it. */
function filledIn(text: string): string {
  const parts = text.split(REFERENCE);
  // Every second part is the name that the pattern caught.
  return parts.map((part, at) => (at % 2 === 1 ? `"\${${part}?}"` : part === '' ? '' : quoted(part))).join('') || "''";
}

function namesIn(text: string): string[] {
  return [...text.matchAll(REFERENCE)].map((match) => match[1] ?? '');
}
