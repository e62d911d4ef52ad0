import type { ServerResponse } from 'node:http';
import { type ModelUsage, sendEvents, type ToolCall, type ToolResult, textOf } from './anthropic-wire.ts';
import { asList, asRecord, asText, type JsonRecord } from './json.ts';

/** One tool of a request. */
export type OfferedTool = { namespace: string; name: string; description: string };

/** What a request of the Responses wire says, in the words that scripts are played by. */
export type ResponsesRequest = {
  model: string;
  tools: string[];
  offered: OfferedTool[];
  system: string;
  /** What the user wrote first. */
  opening: string;
  toolResults: ToolResult[];
  /** Calls of tools so far. */
  turns: number;
};

export function readResponses(body: JsonRecord): ResponsesRequest {
  const input = asList(body.input).map(asRecord);
  const isSystem = ({ role }: JsonRecord): boolean => role === 'system' || role === 'developer';
  const listed = [body, ...input.filter(({ type }) => type === 'additional_tools')].flatMap(({ tools }) =>
    asList(tools),
  );
  const offered = listed.map(asRecord).flatMap(toolsIn);
  return {
    model: asText(body.model),
    tools: offered.map(({ namespace, name }) => (namespace === '' ? name : `${namespace}/${name}`)),
    offered,
    system: [asText(body.instructions), ...input.filter(isSystem).map(({ content }) => textOf(content))].join('\n'),
    opening: input
      .filter((item) => item.role === 'user')
      .map(({ content }) => textOf(content))
      .join('\n'),
    toolResults: input
      .filter(({ type }) => type === 'function_call_output' || type === 'custom_tool_call_output')
      .map(({ call_id, output }) => ({ id: asText(call_id), isError: false, text: textOf(output) })),
    turns: input.filter(({ type }) => type === 'function_call' || type === 'custom_tool_call').length,
  };
}

function toolsIn(tool: JsonRecord): OfferedTool[] {
  const one = (inner: JsonRecord, namespace: string): OfferedTool => ({
    namespace,
    name: asText(inner.name) || asText(inner.type),
    description: asText(inner.description),
  });
  if (tool.type !== 'namespace') return [one(tool, '')];
  return asList(tool.tools).map((inner) => one(asRecord(inner), asText(tool.name)));
}

/** One turn of the model: a call, or a word of goodbye. */
export function sendResponses(
  response: ServerResponse,
  { inputTokens, outputTokens }: ModelUsage,
  call: ToolCall | undefined,
  serial: number,
): void {
  const id = `resp_${serial}`;
  const usage = {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + outputTokens,
  };
  sendEvents(response, [
    { type: 'response.created', response: { id } },
    { type: 'response.output_item.done', output_index: 0, item: itemOf(call, serial) },
    { type: 'response.completed', response: { id, usage } },
  ]);
}

function itemOf(call: ToolCall | undefined, serial: number): JsonRecord {
  if (call === undefined)
    return {
      type: 'message',
      id: `msg_${serial}`,
      role: 'assistant',
      content: [{ type: 'output_text', text: 'done' }],
    };
  const about = { call_id: `call_${serial}`, name: call.name, status: 'completed' };
  if (call.text !== undefined) return { type: 'custom_tool_call', id: `ctc_${serial}`, ...about, input: call.text };
  const where = call.namespace === undefined ? {} : { namespace: call.namespace };
  const input = JSON.stringify(call.input ?? {});
  return { type: 'function_call', id: `fc_${serial}`, ...about, ...where, arguments: input };
}
