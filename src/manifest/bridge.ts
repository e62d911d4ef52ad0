import type { McpServer } from '../model/manifest.ts';

/** Programs that speak stdio here and HTTP to the server that they are given. */
const BRIDGE = /^(?:mcp-remote|supergateway|mcp-proxy|@[\w-]+\/mcp-remote)(?:@[\w.^~-]+)?$/;

/** The address that a server's command only passes calls on to; undefined where it is a server of its own. */
export function bridgedTo({ command, args = [] }: McpServer): string | undefined {
  const words = [command ?? '', ...args];
  if (!words.some((word) => BRIDGE.test(word))) return undefined;
  return words.find((word) => /^https?:\/\//i.test(word));
}
