// A server on version 1 of the protocol's own SDK, over stdio.
import { McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { SubscribeRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { CAPABILITIES, furnish, MODEL_QUESTION, USER_QUESTION } from './furnish.mjs';

const server = new McpServer({ name: 'peer', version: '1.0.0' }, { capabilities: CAPABILITIES });
server.server.setRequestHandler(SubscribeRequestSchema, () => ({}));
furnish(server, {
  ResourceTemplate,
  signalOf: (extra) => extra.signal,
  tokenOf: (extra) => extra._meta?.progressToken,
  notify: (extra, notification) => extra.sendNotification(notification),
  log: (_, data) => server.sendLoggingMessage({ level: 'info', data }),
  askModel: async () => (await server.server.createMessage(MODEL_QUESTION)).content.text,
  askUser: async () => (await server.server.elicitInput(USER_QUESTION)).content?.name,
});
await server.connect(new StdioServerTransport());
