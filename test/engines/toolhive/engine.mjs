/** ToolHive itself is no package: its policies are tried on the Cedar engine, with requests made as it makes them. */
export const engine = {
  name: 'toolhive',
  smoke: false,
  package: '@cedar-policy/cedar-wasm',
  programs: [],
  trial: undefined,
};
