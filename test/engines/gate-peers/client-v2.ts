import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { CAPABILITIES, CLIENT, HEARD, MODEL_ANSWER, type Peer, type Place, USER_ANSWER } from './peer.ts';

/** A client on version 2 of the SDK; `legacy` speaks as version 1 does. */
export async function connectV2(place: Place, mode: 'auto' | 'legacy'): Promise<Peer> {
  const client = new Client(CLIENT, { capabilities: CAPABILITIES, versionNegotiation: { mode } });
  const heard: string[] = [];
  client.setRequestHandler('sampling/createMessage', ({ method }) => {
    heard.push(method);
    return MODEL_ANSWER;
  });
  client.setRequestHandler('elicitation/create', ({ method }) => {
    heard.push(method);
    return USER_ANSWER;
  });
  for (const method of HEARD) client.setNotificationHandler(method, () => void heard.push(method));
  const transport =
    'url' in place
      ? new StreamableHTTPClientTransport(new URL(place.url))
      : new StdioClientTransport({ ...place, stderr: 'ignore' });
  await client.connect(transport);
  const isNew = client.getProtocolEra() === 'modern';
  return {
    protocol: client.getNegotiatedProtocolVersion() ?? '',
    capabilities: client.getServerCapabilities() ?? {},
    heard,
    tools: async () => (await client.listTools()).tools,
    call: (name, values = {}, watch = {}) =>
      client.callTool({ name, arguments: values, ...(isNew ? LOGGING : {}) }, watch),
    resources: () => client.listResources(),
    templates: () => client.listResourceTemplates(),
    read: (uri) => client.readResource({ uri }),
    async subscribe(uri) {
      if (!isNew) return client.subscribeResource({ uri });
      const { honoredFilter } = await client.listen({ toolsListChanged: true, resourceSubscriptions: [uri] });
      return honoredFilter;
    },
    prompts: () => client.listPrompts(),
    prompt: (name, values) => client.getPrompt({ name, arguments: values }),
    complete: (uri, name, value) => client.complete({ ref: { type: 'ref/resource', uri }, argument: { name, value } }),
    close: () => client.close(),
  };
}

/** Since 2026-07-28 each request says what is to be logged. */
const LOGGING = { _meta: { 'io.modelcontextprotocol/logLevel': 'info' } };
