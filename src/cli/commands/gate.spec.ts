import type { CommandSpec } from '../command.ts';

export const spec: CommandSpec = {
  name: 'gate',
  summary: 'stand in front of an MCP server: its policy holds, and every call is on signed record',
  arguments: [
    {
      flags: '[command...]',
      description: 'what starts the server, after `--`',
      completes: { files: 'any' },
    },
  ],
  options: [
    {
      flags: '-p, --policy <file>',
      description: 'the policy.json of a generated bundle, or its folder',
      completes: { files: 'any' },
    },
    { flags: '--agent <id>', description: "who calls (default: the policy's root agent)" },
    { flags: '--server <name>', description: 'what the policy calls the server (default: the one with this command)' },
    {
      flags: '--records <folder>',
      description: 'where the signed records are kept (default: the state folder)',
      completes: { files: 'folders' },
    },
    { flags: '--durable', description: 'records outlive a power failure: each call waits for the disk' },
    { flags: '--upstream <url>', description: 'the server is at this URL, over HTTP, instead of being started' },
    {
      flags: '--webhook <url>',
      description: 'where people can be asked, too, if the policy says so (or `STAKES_WEBHOOK_URL`)',
    },
    {
      flags: '--webhook-secret <file>',
      description: 'what signs the questions (or `STAKES_WEBHOOK_SECRET`)',
      completes: { files: 'any' },
    },
    {
      flags: '--listen <address>',
      description: 'serve clients over HTTP there, such as 127.0.0.1:8080 (port 0: any), at the path /mcp',
    },
    { flags: '--expose', description: 'with --listen: other machines may reach it' },
    {
      flags: '--allow-host <name>',
      description: 'with --listen: a name that clients reach it by, besides localhost (repeatable)',
      repeats: true,
    },
    {
      flags: '--client-token-file <file>',
      description:
        'with --listen: what clients show as bearer; made where there is none (default: in the state folder)',
      completes: { files: 'any' },
    },
    { flags: '--no-client-token', description: 'with --listen: whoever reaches the port may call' },
    {
      flags: '--state <url>',
      description:
        'share rates, caps, spend and approvals with gates elsewhere: redis:// or rediss:// (or `STAKES_STATE`)',
    },
    { flags: '--shadow', description: 'stop nothing; record what would have happened' },
    {
      flags: '--pass-env <name>',
      description: 'let the server see this variable, too (repeatable)',
      repeats: true,
    },
    { flags: '--tokens', description: 'give the server a signed token with each call that is let through' },
    {
      flags: '--token-audience <uri>',
      description: 'with --tokens: what the server calls itself (default: its address, or a URN)',
    },
    {
      flags: '--token-issuer <uri>',
      description: "with --tokens: what the gate calls itself (default: a URN with the agent's name)",
    },
    {
      flags: '--on-behalf-of <user>',
      description:
        'with --tokens: for whom the agent acts (default: the user of this account, where a person starts the agent)',
    },
    {
      flags: '--token-endpoint <url>',
      description: 'with --tokens: where each is exchanged for one that the server takes',
    },
    { flags: '--token-client <id>', description: 'with --token-endpoint: who the gate is there (default: the issuer)' },
    {
      flags: '--token-secret <file>',
      description: 'with --token-endpoint: its secret (default: `STAKES_TOKEN_SECRET`, or it signs with its key)',
      completes: { files: 'any' },
    },
  ],
  examples: [
    {
      line: 'stakes gate -p .stakes/refund-desk -- npx -y @stripe/mcp@0.2.5',
      does: 'in the configuration of a client, instead of the server',
    },
    {
      line: 'stakes gate -p .stakes/refund-desk --listen 127.0.0.1:8080 -- npx -y @stripe/mcp@0.2.5',
      does: 'for clients that connect to a URL; each session has a server of its own',
    },
    {
      line: 'stakes gate -p .stakes/refund-desk --upstream https://mcp.example.com/mcp',
      does: 'the same for a server that is at a URL',
    },
    {
      line: 'stakes gate -p .stakes/refund-desk --state rediss://redis.internal:6380 -- npx -y @stripe/mcp@0.2.5',
      does: 'counted together with gates on other machines',
    },
    { line: 'stakes gate -p .stakes/refund-desk --shadow -- node server.mjs', does: 'try it out' },
  ],
  notes: [
    'The server sees no variable of the environment but what runs programs and what the policy names for it.',
    'Where `stakes.pins.json` pins its tools, one that is not as it was pinned is hidden and refused until a person pins it anew.',
    'Verify the records with `stakes audit verify`.',
  ],
};
