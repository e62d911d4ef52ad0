import type { ServerResponse } from 'node:http';
import { asList, asRecord, asText, type Json, type JsonRecord } from './json.ts';

export type ToolCall = {
  name: string;
  input?: JsonRecord;
  /** Where a wire groups tools. */
  namespace?: string;
  /** In place of arguments, for a tool that takes plain text. */
  text?: string;
};

export type ModelUsage = { inputTokens: number; outputTokens: number };

export type ToolResult = { id: string; isError: boolean; text: string };

// The client's own notes to the model, which it hangs on to the tool's text.
const reminders = /\n*<system-reminder>[\s\S]*?<\/system-reminder>/g;

export function sendEvents(response: ServerResponse, events: readonly JsonRecord[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(`event: ${asText(event.type)}\ndata: ${JSON.stringify(event)}\n\n`);
  response.end();
}

export function turnEvents(
  model: string,
  usage: ModelUsage,
  call: ToolCall | undefined,
  serial: number,
): { stream: JsonRecord[]; whole: JsonRecord } {
  const stop = call === undefined ? 'end_turn' : 'tool_use';
  const counts = { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens };
  const message = {
    id: `msg_${serial}`,
    type: 'message',
    role: 'assistant',
    model,
    stop_sequence: null,
    usage: counts,
  };
  const tool = { type: 'tool_use', id: `toolu_${serial}`, name: call?.name ?? '' };
  const [start, delta] =
    call === undefined
      ? [
          { type: 'text', text: '' },
          { type: 'text_delta', text: 'done' },
        ]
      : [
          { ...tool, input: {} },
          { type: 'input_json_delta', partial_json: JSON.stringify(call.input ?? {}) },
        ];
  const finished = call === undefined ? { type: 'text', text: 'done' } : { ...tool, input: call.input ?? {} };
  return {
    whole: { ...message, content: [finished], stop_reason: stop },
    stream: [
      { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
      { type: 'content_block_start', index: 0, content_block: start },
      { type: 'content_block_delta', index: 0, delta },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: stop, stop_sequence: null }, usage: counts },
      { type: 'message_stop' },
    ],
  };
}

export function isToolUseTurn(message: JsonRecord): boolean {
  return message.role === 'assistant' && asList(message.content).some((part) => asRecord(part).type === 'tool_use');
}

export function toolResultsOf(messages: readonly JsonRecord[]): ToolResult[] {
  return messages
    .flatMap((message) => asList(message.content).map(asRecord))
    .filter((part) => part.type === 'tool_result')
    .map((part) => ({
      id: asText(part.tool_use_id),
      isError: part.is_error === true,
      text: textOf(part.content).replace(reminders, ''),
    }));
}

export function textOf(content: Json | undefined): string {
  if (typeof content === 'string') return content;
  return asList(content)
    .map((part) => asText(asRecord(part).text))
    .join('\n');
}
