/** Set by what carries the message, or by the message. */
const OURS =
  /^(?:host|content-.*|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|accept|mcp-.*|last-event-id)$/i;

export type Headers = { headers: Record<string, string> } | { wrong: string; help: string };

/** What the policy has the gate show to the server, with the values that its references stand for. */
export function upstreamHeaders(
  declared: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string | undefined>>,
): Headers {
  const headers: Record<string, string> = {};
  for (const [name, text] of Object.entries(declared)) {
    if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name) || OURS.test(name))
      return {
        wrong: `the policy has a header \`${name}\` for the server, which the gate sets itself`,
        help: 'leave it out',
      };
    const missing: string[] = [];
    const value = text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, key: string) => {
      const found = env[key] ?? '';
      if (found === '') missing.push(key);
      return found;
    });
    if (missing.length > 0)
      return {
        wrong: `the header \`${name}\` of the server needs \`${missing[0]}\``,
        help: 'set it in the environment of the gate',
      };
    if (!/^[\x20-\x7e]*$/.test(value))
      return {
        wrong: `the header \`${name}\` of the server would hold what no header can`,
        help: 'look at its variables',
      };
    headers[name.toLowerCase()] = value;
  }
  return { headers };
}
