/** agentgateway itself is no package: its rules are tried on another engine of the same language. */
export const engine = {
  name: 'agentgateway',
  smoke: false,
  package: '@bufbuild/cel',
  programs: [],
  trial: undefined,
};
