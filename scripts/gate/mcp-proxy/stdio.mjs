// `mcp-proxy` has no command that stands between two pipes: its own relay, with the SDK's pipes at both ends.
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Server } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { proxyServer } from 'mcp-proxy';

const [command, ...args] = process.argv.slice(2);
const client = new Client({ name: 'mcp-proxy', version: '1' });
await client.connect(new StdioClientTransport({ command, args }));
const capabilities = client.getServerCapabilities();
const server = new Server(client.getServerVersion(), { capabilities });
await proxyServer({ client, server, serverCapabilities: capabilities });
await server.connect(new StdioServerTransport());
process.stdin.on('end', () => client.close());
