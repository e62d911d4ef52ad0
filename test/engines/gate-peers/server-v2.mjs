// A server on version 2 of the protocol's own SDK, over stdio: it speaks every revision that has one.
import { acceptedContent, inputRequired, McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { CAPABILITIES, furnish, MODEL_QUESTION, USER_QUESTION } from './furnish.mjs';

serveStdio(() => {
  const server = new McpServer({ name: 'peer', version: '1.0.0' }, { capabilities: CAPABILITIES });
  server.server.setRequestHandler('resources/subscribe', () => ({}));
  furnish(server, {
    ResourceTemplate,
    signalOf: (context) => context.mcpReq.signal,
    tokenOf: (context) => context.mcpReq._meta?.progressToken,
    notify: (context, notification) => context.mcpReq.notify(notification),
    log: (context, data) => context.mcpReq.log('info', data),
    askModel: ({ mcpReq: { inputResponses } }) =>
      inputResponses?.answer?.content?.text ??
      inputRequired({ inputRequests: { answer: inputRequired.createMessage(MODEL_QUESTION) } }),
    askUser: ({ mcpReq: { inputResponses } }) =>
      acceptedContent(inputResponses, 'answer')?.name ??
      inputRequired({ inputRequests: { answer: inputRequired.elicit(USER_QUESTION) } }),
  });
  return server;
});
