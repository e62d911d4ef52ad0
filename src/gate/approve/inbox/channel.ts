import type { Channel } from '../define.ts';
import { serveInbox } from './serve.ts';

/** Whoever has this account, in another terminal: `stakes approvals`. */
export const channel: Channel = {
  id: 'inbox',
  suits: () => true,
  open: ({ inboxes }) => serveInbox(inboxes),
};
