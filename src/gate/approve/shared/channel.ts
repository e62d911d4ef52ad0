import type { Channel } from '../define.ts';
import { DEFAULT_CHANNEL } from '../terms.ts';
import { serveShared } from './serve.ts';

/** Whoever may use the Redis that gates share, on any machine: `stakes approvals --state`. */
export const channel: Channel = {
  id: 'shared',
  beside: DEFAULT_CHANNEL,
  suits: () => true,
  open: async ({ shared, now, tell }) => (shared === undefined ? undefined : serveShared({ ...shared, now, tell })),
};
