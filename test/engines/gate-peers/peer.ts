/** How a client of either version of the SDK is driven and watched. */
export interface Peer {
  protocol: string;
  capabilities: object;
  /** Notifications and questions that came from the server, by method. */
  heard: string[];
  tools(): Promise<{ name: string }[]>;
  call(name: string, values?: Record<string, unknown>, watch?: Watch): Promise<Said>;
  resources(): Promise<unknown>;
  templates(): Promise<unknown>;
  read(uri: string): Promise<unknown>;
  /** In the way that the revision has for it. */
  subscribe(uri: string): Promise<unknown>;
  prompts(): Promise<unknown>;
  prompt(name: string, values: Record<string, string>): Promise<unknown>;
  complete(uri: string, name: string, start: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface Said {
  content?: unknown;
  isError?: boolean | undefined;
}

export interface Watch {
  onprogress?: (progress: { progress: number }) => void;
  signal?: AbortSignal;
}

/** A program to start, or where it listens. */
export type Place = { command: string; args: string[]; env: Record<string, string> } | { url: string };

/** What the client's user and its model answer. */
export const MODEL_ANSWER = {
  role: 'assistant',
  content: { type: 'text', text: 'forty-two' },
  model: 'scripted',
} as const;
export const USER_ANSWER = { action: 'accept', content: { name: 'Ada' } } as const;
export const CLIENT = { name: 'peer', version: '1.0.0' };
export const CAPABILITIES = { sampling: {}, elicitation: {} };
/** A server that is told to log, logs. */
export const HEARD = [
  'notifications/message',
  'notifications/tools/list_changed',
  'notifications/resources/updated',
] as const;
