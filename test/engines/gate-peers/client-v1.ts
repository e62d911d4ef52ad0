import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CallToolResultSchema,
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { CAPABILITIES, CLIENT, MODEL_ANSWER, type Peer, type Place, type Said, USER_ANSWER } from './peer.ts';

/** A client on version 1 of the SDK; it speaks nothing newer than 2025-11-25. */
export async function connectV1(place: Place): Promise<Peer> {
  const client = new Client(CLIENT, { capabilities: CAPABILITIES });
  const heard: string[] = [];
  client.setRequestHandler(CreateMessageRequestSchema, ({ method }) => {
    heard.push(method);
    return MODEL_ANSWER;
  });
  client.setRequestHandler(ElicitRequestSchema, ({ method }) => {
    heard.push(method);
    return USER_ANSWER;
  });
  for (const schema of [
    LoggingMessageNotificationSchema,
    ResourceUpdatedNotificationSchema,
    ToolListChangedNotificationSchema,
  ])
    client.setNotificationHandler(schema, ({ method }) => void heard.push(method));
  const transport =
    'url' in place
      ? new StreamableHTTPClientTransport(new URL(place.url))
      : new StdioClientTransport({ ...place, stderr: 'ignore' });
  let protocol = '';
  // The SDK's own types do not hold under `exactOptionalPropertyTypes`.
  const watched = transport as Parameters<Client['connect']>[0];
  watched.setProtocolVersion = (version) => {
    protocol = version;
    if ('url' in place) StreamableHTTPClientTransport.prototype.setProtocolVersion.call(transport, version);
  };
  await client.connect(watched);
  return {
    protocol,
    capabilities: client.getServerCapabilities() ?? {},
    heard,
    tools: async () => (await client.listTools()).tools,
    call: async (name, values = {}, watch = {}) =>
      (await client.callTool({ name, arguments: values }, CallToolResultSchema, watch)) as Said,
    resources: () => client.listResources(),
    templates: () => client.listResourceTemplates(),
    read: (uri) => client.readResource({ uri }),
    subscribe: (uri) => client.subscribeResource({ uri }),
    prompts: () => client.listPrompts(),
    prompt: (name, values) => client.getPrompt({ name, arguments: values }),
    complete: (uri, name, value) => client.complete({ ref: { type: 'ref/resource', uri }, argument: { name, value } }),
    close: () => client.close(),
  };
}
