// A server on the protocol's own SDK, which speaks every revision that has one.
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';

serveStdio(() => {
  const server = new McpServer({ name: 'peer', version: '1.0.0' });
  for (const name of ['get_page', 'delete_page'])
    server.registerTool(name, { description: `${name.split('_')[0]} a page` }, () => ({
      content: [{ type: 'text', text: name }],
    }));
  return server;
});
