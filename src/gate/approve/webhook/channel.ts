import type { Channel } from '../define.ts';

/**
 * A service that whoever runs the gate has named, such as a bridge to a chat. It gets the question, signed, and is then looked
 * up for the answer: so it needs no way to this machine, and the answer comes over the connection that the gate has chosen.
 */
export const channel: Channel = {
  id: 'webhook',
  suits: () => true,
  async open({ webhook, now, tell }) {
    if (webhook === undefined) return undefined;
    // Few gates have one, and all of them are to start fast.
    const { openCourier } = await import('./courier.ts');
    return openCourier(webhook, now, tell);
  },
};
