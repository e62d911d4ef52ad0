import type { McpServer, ToolFacts } from '../../model/manifest.ts';

/** Servers that tools are named after and no file configures come from elsewhere: known by name only. */
export function serversFor(
  tools: Readonly<Record<string, ToolFacts>>,
  configured: Readonly<Record<string, McpServer>>,
): Record<string, McpServer> {
  const named = Object.keys(tools).flatMap((tool) => (tool.includes('/') ? [tool.slice(0, tool.indexOf('/'))] : []));
  return { ...Object.fromEntries(named.map((name) => [name, {}])), ...configured };
}

/** A name that a manifest can have for a tool; nothing is left of some. */
export function toolName(text: string): string | undefined {
  const [server = '', ...rest] = text.trim().split('/');
  const clean = (part: string) =>
    part
      .replace(/[^A-Za-z0-9._*:-]+/g, '-')
      .replace(/^[^A-Za-z0-9*]+/, '')
      .slice(0, 90);
  const tool = rest
    .map(clean)
    .filter((part) => part !== '')
    .join('/');
  const first = clean(rest.length > 0 ? server.replace(/[*:]/g, '-') : server);
  if (first === '' || (rest.length > 0 && tool === '')) return undefined;
  return (rest.length > 0 ? `${first}/${tool}` : first).slice(0, 200);
}

/** A name that a manifest can have for a server. */
export function serverName(text: string): string {
  const name = text
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 90);
  return name === '' ? 'unknown' : name;
}
