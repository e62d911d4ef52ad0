import type { ToolFacts } from '../../model/manifest.ts';
import type { Access } from '../../model/vocabulary.ts';
import { isRecord } from '../../source/record.ts';

/** Servers of Codex in the words of other clients: it names the variables that secrets are in. */
export function codexServers(map: unknown): unknown {
  if (!isRecord(map)) return map;
  const entries = Object.entries(map).map(([name, entry]) => [name, isRecord(entry) ? clientEntry(entry) : entry]);
  return Object.fromEntries(entries);
}

function clientEntry({ tools, ...entry }: Record<string, unknown>): Record<string, unknown> {
  const passed = Array.isArray(entry.env_vars)
    ? entry.env_vars.map((one: unknown) => (isRecord(one) ? one.name : one))
    : [];
  const env = { ...referring(passed.map((name) => [name, name])), ...asMap(entry.env) };
  const bearer =
    typeof entry.bearer_token_env_var === 'string' ? { Authorization: `Bearer \${${entry.bearer_token_env_var}}` } : {};
  const headers = {
    ...asMap(entry.http_headers),
    ...referring(Object.entries(asMap(entry.env_http_headers))),
    ...bearer,
  };
  return {
    ...entry,
    ...(Object.keys(env).length > 0 ? { env } : {}),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
  };
}

const asMap = (value: unknown) => (isRecord(value) ? value : {});

const referring = (pairs: readonly (readonly [unknown, unknown])[]) =>
  Object.fromEntries(
    pairs.flatMap(([name, variable]) => (typeof variable === 'string' ? [[String(name), `\${${variable}}`]] : [])),
  );

const ACCESS: ReadonlyMap<unknown, Access> = new Map([
  ['prompt', 'ask'],
  ['approve', 'allow'],
]);

/** What its settings say of who is asked before a tool of a server is called, by the server's name in a manifest. */
export function codexApprovals(
  map: unknown,
  names: ReadonlyMap<string, string>,
  tools: Readonly<Record<string, ToolFacts>>,
): Record<string, ToolFacts> {
  const out = new Map(Object.entries(tools));
  for (const [written, name] of names) {
    const entry = isRecord(map) ? map[written] : undefined;
    if (!isRecord(entry)) continue;
    const each = Object.entries(asMap(entry.tools)).slice(0, 1000);
    const otherwise = ACCESS.get(entry.default_tools_approval_mode);
    for (const [tool, facts] of out) {
      if (tool.startsWith(`${name}/`) && otherwise !== undefined && facts.access === undefined)
        out.set(tool, { ...facts, access: otherwise });
    }
    for (const [tool, one] of each) {
      const access = isRecord(one) ? ACCESS.get(one.approval_mode) : undefined;
      const full = `${name}/${tool}`;
      const offered = out.has(full) || out.has(`${name}/*`);
      if (access === undefined || !offered || !/^[^\s/@*][^\s/]{0,90}$/.test(tool)) continue;
      if (out.get(full)?.access !== 'deny') out.set(full, { ...out.get(full), access });
    }
  }
  return Object.fromEntries(out);
}
