import type { ServerResponse } from 'node:http';
import { type ModelUsage, type ToolCall, type ToolResult, textOf } from './anthropic-wire.ts';
import { asList, asRecord, asText, type JsonRecord } from './json.ts';

/** What a request of the chat completions wire says, in the words that scripts are played by. */
export type ChatRequest = {
  model: string;
  tools: string[];
  system: string;
  /** The first message that is not the system's. */
  opening: string;
  toolResults: ToolResult[];
  /** Turns that called a tool so far. */
  turns: number;
};

export function readChat(body: JsonRecord): ChatRequest {
  const messages = asList(body.messages).map(asRecord);
  const isSystem = ({ role }: JsonRecord): boolean => role === 'system' || role === 'developer';
  return {
    model: asText(body.model),
    tools: asList(body.tools).map((tool) => asText(asRecord(asRecord(tool).function).name)),
    system: messages
      .filter(isSystem)
      .map(({ content }) => textOf(content))
      .join('\n'),
    opening: textOf(messages.find((message) => !isSystem(message))?.content),
    toolResults: messages
      .filter(({ role }) => role === 'tool')
      .map(({ tool_call_id, content }) => ({ id: asText(tool_call_id), isError: false, text: textOf(content) })),
    turns: messages.filter(({ role, tool_calls }) => role === 'assistant' && asList(tool_calls).length > 0).length,
  };
}

/** One turn of the model: a call, or a word of goodbye. */
export function sendChat(
  response: ServerResponse,
  body: JsonRecord,
  { inputTokens, outputTokens }: ModelUsage,
  call: ToolCall | undefined,
  serial: number,
): void {
  const about = { id: `chatcmpl-${serial}`, created: 0, model: asText(body.model) };
  const usage = {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
  const finish = call === undefined ? 'stop' : 'tool_calls';
  const tool = call && {
    id: `call_${serial}`,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.input ?? {}) },
  };
  if (body.stream !== true) {
    const message = { role: 'assistant', content: tool ? null : 'done', ...(tool ? { tool_calls: [tool] } : {}) };
    const choices = [{ index: 0, message, finish_reason: finish }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...about, object: 'chat.completion', choices, usage }));
    return;
  }
  const part = tool ? { tool_calls: [{ index: 0, ...tool }] } : { content: 'done' };
  const chunk = (delta: JsonRecord, finish_reason: string | null): JsonRecord => ({
    ...about,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason }],
  });
  const chunks = [
    chunk({ role: 'assistant', ...part }, null),
    chunk({}, finish),
    { ...about, object: 'chat.completion.chunk', choices: [], usage },
  ];
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(`${chunks.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('')}data: [DONE]\n\n`);
}
