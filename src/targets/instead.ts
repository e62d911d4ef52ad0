/** What to use where an engine cannot enforce something. */
export const GATE = 'put an MCP gate in front of the servers';
export const SANDBOX = 'add the `srt` target, or another sandbox';
