/** The server of a tool, and its own name there. */
export function toolParts(tool: string): { server: string | undefined; name: string } {
  const at = tool.indexOf('/');
  return at > 0 ? { server: tool.slice(0, at), name: tool.slice(at + 1) } : { server: undefined, name: tool };
}

export const HOST_TOOLS = "host's own tools";
