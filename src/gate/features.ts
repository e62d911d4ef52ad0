/** What a server offers besides its tools, and asks of a client, by the name that a policy has for it. */
export const FEATURES = ['@resources', '@prompts', '@sampling', '@elicitation'] as const;
export type Feature = (typeof FEATURES)[number];

/** Requests of a client that need a grant, by method. */
export const CLIENT_REQUESTS: Readonly<Record<string, Feature>> = {
  'resources/list': '@resources',
  'resources/templates/list': '@resources',
  'resources/read': '@resources',
  'resources/directory/read': '@resources',
  'resources/subscribe': '@resources',
  'resources/unsubscribe': '@resources',
  'prompts/list': '@prompts',
  'prompts/get': '@prompts',
};

/** Requests of a server that need a grant: they reach the client's model or its user. */
export const SERVER_REQUESTS: Readonly<Record<string, Feature>> = {
  'sampling/createMessage': '@sampling',
  'elicitation/create': '@elicitation',
};

/** What keeps a session going and does nothing by itself. `tasks/…` speak of calls that were let through before. */
export const FREE_REQUESTS: ReadonlySet<string> = new Set([
  'initialize',
  'server/discover',
  'ping',
  'tools/list',
  'logging/setLevel',
  'tasks/get',
  'tasks/list',
  'tasks/result',
  'tasks/cancel',
  'subscriptions/listen',
]);

/** Requests of a server that anybody may answer; `roots/list` asks for the folders that the client has opened to it. */
export const FREE_SERVER_REQUESTS: ReadonlySet<string> = new Set(['ping', 'roots/list']);

/** What `completion/complete` completes, by the type of its reference. */
export const COMPLETED: Readonly<Record<string, Feature>> = { 'ref/resource': '@resources', 'ref/prompt': '@prompts' };

/** Capabilities that are hidden where their feature is not granted, of a server and of a client. */
export const SERVER_CAPABILITIES: Readonly<Record<string, Feature>> = { resources: '@resources', prompts: '@prompts' };
export const CLIENT_CAPABILITIES: Readonly<Record<string, Feature>> = {
  sampling: '@sampling',
  elicitation: '@elicitation',
};

/** What a server tells of by itself, and what a client asks to be told of since 2026-07-28, by the feature that it is about. */
export const SERVER_NOTIFICATIONS: Readonly<Record<string, Feature>> = {
  'notifications/resources/updated': '@resources',
  'notifications/resources/list_changed': '@resources',
  'notifications/prompts/list_changed': '@prompts',
  'notifications/elicitation/complete': '@elicitation',
};
export const LISTENED: Readonly<Record<string, Feature>> = {
  resourceSubscriptions: '@resources',
  resourcesListChanged: '@resources',
  promptsListChanged: '@prompts',
};
