export const engine = {
  name: 'openai-agents',
  smoke: false,
  package: '@openai/agents',
  programs: [],
  trial: undefined,
};
