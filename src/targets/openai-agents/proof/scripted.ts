/** What is used of `@openai/agents` to play a call. */
export interface ScriptedSdk {
  run(agent: object, input: string, options: object): Promise<{ interruptions: unknown[]; history: unknown[] }>;
  MCPServerStdio: new (options: object) => object;
  Usage: new (input: object) => object;
}

/** What became of one call: a question, or what the model was told. */
export interface Played {
  asked: boolean;
  told: string;
}

/** One run in which the model calls one tool and then ends. */
export async function playCall(
  sdk: ScriptedSdk,
  agent: object,
  runOptions: object,
  call: { name: string; input: unknown },
): Promise<Played> {
  const scripted = Object.assign(Object.create(Object.getPrototypeOf(agent)), agent, { model: scriptOf(sdk, [call]) });
  try {
    const { interruptions, history } = await sdk.run(scripted, 'play', runOptions);
    const outputs = history.filter((item) => (item as { type?: string }).type === 'function_call_result');
    return { asked: interruptions.length > 0, told: JSON.stringify(outputs) };
  } catch (error) {
    return { asked: false, told: error instanceof Error ? error.message : String(error) };
  }
}

/** A model that makes these calls, one a turn. */
export function scriptOf(sdk: ScriptedSdk, calls: readonly { name: string; input: unknown }[]): object {
  let turn = 0;
  return {
    getResponse: async () => {
      const call = calls[turn++];
      const usage = new sdk.Usage({ requests: 1, inputTokens: 10, outputTokens: 10, totalTokens: 20 });
      const said = { type: 'message', id: `m${turn}`, role: 'assistant', status: 'completed' };
      const output =
        call === undefined
          ? { ...said, content: [{ type: 'output_text', text: 'done' }] }
          : {
              ...{ type: 'function_call', id: `f${turn}`, callId: `c${turn}`, name: call.name, status: 'completed' },
              arguments: JSON.stringify(call.input),
            };
      return { usage, output: [output], responseId: `r${turn}` };
    },
    getStreamedResponse: () => {
      throw new Error('this model does not stream');
    },
  };
}
