import type { ServerResponse } from 'node:http';
import type { ModelUsage, ToolCall, ToolResult } from './anthropic-wire.ts';
import { asList, asRecord, asText, type Json, type JsonRecord } from './json.ts';

/** What a request of the generateContent wire says, in the words that scripts are played by. */
export type GeminiRequest = {
  model: string;
  tools: string[];
  system: string;
  /** What the user wrote. */
  opening: string;
  toolResults: ToolResult[];
  /** Turns that called a tool so far. */
  turns: number;
};

export function readGemini(url: string, body: JsonRecord): GeminiRequest {
  const contents = asList(body.contents).map(asRecord);
  const parts = contents.flatMap((content) => asList(content.parts).map(asRecord));
  const responses = parts.map((part) => asRecord(part.functionResponse)).filter(({ name }) => name !== undefined);
  return {
    model: /\/models\/([^:/]+):/.exec(url)?.[1] ?? '',
    tools: asList(body.tools).flatMap((tool) =>
      asList(asRecord(tool).functionDeclarations).map((one) => asText(asRecord(one).name)),
    ),
    system: textsIn(asRecord(body.systemInstruction).parts),
    opening: contents
      .filter(({ role }) => role === 'user')
      .map((content) => textsIn(content.parts))
      .join('\n'),
    toolResults: responses.map(({ id, response }) => {
      const { output, error } = asRecord(response);
      return { id: asText(id), isError: error !== undefined, text: said(error ?? output) };
    }),
    turns: parts.filter(({ functionCall }) => functionCall !== undefined).length,
  };
}

function textsIn(parts: Json | undefined): string {
  return asList(parts)
    .map((part) => asText(asRecord(part).text))
    .join('\n');
}

function said(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

/** One turn of the model: a call, or a word of goodbye. */
export function sendGemini(
  response: ServerResponse,
  url: string,
  { inputTokens, outputTokens }: ModelUsage,
  call: ToolCall | undefined,
  serial: number,
): void {
  const part = call
    ? { functionCall: { id: `call_${serial}`, name: call.name, args: call.input ?? {} } }
    : { text: 'done' };
  const answer = {
    responseId: `response_${serial}`,
    candidates: [{ index: 0, content: { role: 'model', parts: [part] }, finishReason: 'STOP' }],
    usageMetadata: {
      promptTokenCount: inputTokens,
      candidatesTokenCount: outputTokens,
      totalTokenCount: inputTokens + outputTokens,
    },
  };
  if (url.includes(':stream')) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`data: ${JSON.stringify(answer)}\n\n`);
  } else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}
