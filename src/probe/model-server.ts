import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  isToolUseTurn,
  type ModelUsage,
  sendEvents,
  type ToolCall,
  type ToolResult,
  textOf,
  toolResultsOf,
  turnEvents,
} from './anthropic-wire.ts';
import { readChat, sendChat } from './chat-wire.ts';
import { readGemini, sendGemini } from './gemini-wire.ts';
import { asList, asRecord, asText, type JsonRecord, parseJson } from './json.ts';
import { type OfferedTool, readResponses, sendResponses } from './responses-wire.ts';

/** A conversation is played by the first script whose `marker` stands in its system prompt or first message. */
export type Script = { marker: string; calls: readonly ToolCall[] };

export type ModelRequest = {
  script: number;
  model: string;
  tools: string[];
  system: string;
  toolResults: ToolResult[];
  /** With their descriptions, where the wire groups tools. */
  offered?: OfferedTool[];
};

export type ModelServer = {
  url: string;
  /** Only the requests that a script answered. */
  requests: ModelRequest[];
  close: () => Promise<void>;
};

export async function startModelServer(
  scripts: readonly Script[],
  usage: ModelUsage = { inputTokens: 10, outputTokens: 10 },
): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  const server = createServer((request, response) => {
    readJson(request).then(
      (body) => answer(request.url ?? '', body, response, scripts, usage, requests),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the model server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answer(
  url: string,
  body: JsonRecord,
  response: ServerResponse,
  scripts: readonly Script[],
  usage: ModelUsage,
  requests: ModelRequest[],
): void {
  if (url.includes('/count_tokens')) {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"input_tokens":10}');
    return;
  }
  if (url.includes('/chat/completions')) {
    answerChat(body, response, scripts, usage, requests);
    return;
  }
  if (url.endsWith('/responses')) {
    answerResponses(body, response, scripts, usage, requests);
    return;
  }
  if (url.includes('enerateContent')) {
    answerGemini(url, body, response, scripts, usage, requests);
    return;
  }
  if (!url.includes('/v1/messages')) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    return;
  }
  const messages = asList(body.messages).map(asRecord);
  const system = textOf(body.system);
  const opening = `${system}\n${textOf(messages[0]?.content)}`;
  const index = scripts.findIndex((script) => opening.includes(script.marker));
  const tools = asList(body.tools).map((tool) => asText(asRecord(tool).name));
  // What no script claims is the client's own housekeeping (a session title) or an agent the test did not plan.
  const script = scripts[index];
  const model = asText(body.model);
  if (script !== undefined)
    requests.push({ script: index, model, tools, system, toolResults: toolResultsOf(messages) });
  // The step is read from the conversation, not counted here, so a repeated request gets the same answer.
  const call = script?.calls[messages.filter(isToolUseTurn).length];
  const events = turnEvents(model, usage, call, requests.length);
  if (body.stream === true) sendEvents(response, events.stream);
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(events.whole));
}

function answerChat(
  body: JsonRecord,
  response: ServerResponse,
  scripts: readonly Script[],
  usage: ModelUsage,
  requests: ModelRequest[],
): void {
  const { model, tools, system, opening, toolResults, turns } = readChat(body);
  // A client that asks for a title shows the whole conversation too, but offers no tool.
  const index = tools.length === 0 ? -1 : scripts.findIndex(({ marker }) => `${system}\n${opening}`.includes(marker));
  const script = scripts[index];
  if (script !== undefined) requests.push({ script: index, model, tools, system, toolResults });
  sendChat(response, body, usage, script?.calls[turns], requests.length);
}

function answerResponses(
  body: JsonRecord,
  response: ServerResponse,
  scripts: readonly Script[],
  usage: ModelUsage,
  requests: ModelRequest[],
): void {
  const { system, opening, turns, ...seen } = readResponses(body);
  const index = scripts.findIndex(({ marker }) => `${system}\n${opening}`.includes(marker));
  const script = scripts[index];
  if (script !== undefined) requests.push({ script: index, system, ...seen });
  sendResponses(response, usage, script?.calls[turns], requests.length);
}

function answerGemini(
  url: string,
  body: JsonRecord,
  response: ServerResponse,
  scripts: readonly Script[],
  usage: ModelUsage,
  requests: ModelRequest[],
): void {
  const { system, opening, turns, ...seen } = readGemini(url, body);
  // What is not streamed is the client's own housekeeping, and so is a request without tools.
  const isTurn = url.includes(':stream');
  const index = isTurn ? scripts.findIndex(({ marker }) => `${system}\n${opening}`.includes(marker)) : -1;
  const script = scripts[index];
  if (script !== undefined) requests.push({ script: index, system, ...seen });
  sendGemini(response, url, usage, script?.calls[turns], requests.length);
}

async function readJson(request: IncomingMessage): Promise<JsonRecord> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : asRecord(parseJson(text));
}
