/** The Cedar engine with the generator that AWS makes a gateway's schema with; the service itself runs nowhere but at AWS. */
export const engine = {
  name: 'agentcore',
  smoke: false,
  package: '@cedar-policy/mcp-schema-generator-wasm',
  programs: [],
  trial: undefined,
};
