/** What to use where an engine cannot enforce something. */
export const GATE = 'put an MCP gate in front of the servers (the `gate` target)';
export const SANDBOX = 'add the `srt` target, or another sandbox';
