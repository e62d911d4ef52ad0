/** The service runs nowhere but at Anthropic: its files are checked against the types of its own SDK. */
export const engine = {
  name: 'managed-agents',
  smoke: false,
  package: '@anthropic-ai/sdk',
  programs: [],
  trial: undefined,
};
