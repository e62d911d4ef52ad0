// The service's own parser of workflows; the service itself cannot be had.
export const engine = {
  name: 'github-actions',
  smoke: false,
  package: '@actions/workflow-parser',
  programs: [],
  trial: undefined,
};
