// A server that offers what the conformance suite asks for: over stdio, or over HTTP on the port that it prints.
import { randomUUID } from 'node:crypto';
import { InMemoryEventStore } from '@modelcontextprotocol/sdk/examples/shared/inMemoryEventStore.js';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { PROMPTS, RESOURCES, resource, TEMPLATE, TOOLS, toolList } from './offers.mjs';

const CAPABILITIES = {
  tools: { listChanged: true },
  resources: { subscribe: true, listChanged: true },
  prompts: { listChanged: true },
  logging: {},
  completions: {},
};

function newServer() {
  const server = new Server({ name: 'conformance', version: '1.0.0' }, { capabilities: CAPABILITIES });
  const on = (schema, answer) => server.setRequestHandler(schema, answer);
  on(ListToolsRequestSchema, () => ({ tools: toolList }));
  on(CallToolRequestSchema, async ({ params }, extra) => {
    const tool = TOOLS[params.name];
    const run = {
      values: params.arguments ?? {},
      progressToken: params._meta?.progressToken,
      tell: (method, values) => extra.sendNotification({ method, params: values }),
      ask: (method, values) => extra.sendRequest({ method, params: values }, z.looseObject({})),
      closeStream: extra.closeSSEStream,
    };
    try {
      if (tool === undefined) throw new Error(`there is no tool ${params.name}`);
      return { content: await tool.run(run) };
    } catch (error) {
      return { content: [{ type: 'text', text: error.message }], isError: true };
    }
  });
  on(ListResourcesRequestSchema, () => ({
    resources: Object.entries(RESOURCES).map(([uri, { mimeType }]) => ({ uri, name: uri, mimeType })),
  }));
  on(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [{ uriTemplate: TEMPLATE, name: 'template', mimeType: 'application/json' }],
  }));
  on(ReadResourceRequestSchema, ({ params }) => resource(params.uri));
  on(SubscribeRequestSchema, () => ({}));
  on(UnsubscribeRequestSchema, () => ({}));
  on(ListPromptsRequestSchema, () => ({
    prompts: Object.entries(PROMPTS).map(([name, one]) => ({
      name,
      description: `tests ${name}`,
      arguments: one.arguments,
    })),
  }));
  on(GetPromptRequestSchema, ({ params }) => PROMPTS[params.name].run(params.arguments ?? {}));
  on(CompleteRequestSchema, () => ({ completion: { values: [], total: 0, hasMore: false } }));
  return server;
}

async function overHttp() {
  const sessions = new Map();
  const app = createMcpExpressApp();
  app.all('/mcp', async (request, response) => {
    const known = sessions.get(request.headers['mcp-session-id']);
    if (known !== undefined) return known.handleRequest(request, response, request.body);
    if (request.body?.method !== 'initialize')
      return response.status(400).json({ jsonrpc: '2.0', id: null, error: { code: -32000, message: 'no session' } });
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: new InMemoryEventStore(),
      retryInterval: 1000,
      onsessioninitialized: (id) => sessions.set(id, transport),
    });
    await newServer().connect(transport);
    return transport.handleRequest(request, response, request.body);
  });
  const listening = app.listen(0, '127.0.0.1', () => console.log(listening.address().port));
}

if (process.argv[2] === 'http') await overHttp();
else await newServer().connect(new StdioServerTransport());
