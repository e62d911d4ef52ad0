import { join } from 'node:path';
import { grantFor } from '../../enforce/grant.ts';
import type { Setting } from '../ports.ts';
import { wordsOf } from '../words.ts';
import { openDesk } from './desk.ts';
import { type Inbox, serveInbox } from './inbox/serve.ts';

export interface Approvals {
  approve: NonNullable<Setting['approve']>;
  close(): void;
}

/** Where the inboxes of this account's gates are, below the state folder. */
export const inboxFolder = (state: string): string => join(state, 'inbox');

/** Undefined where nobody can be asked: what asks is then refused. */
export async function openApprovals(folder: string, tell: (text: string) => void): Promise<Approvals | undefined> {
  let inbox: Inbox | undefined;
  const desk = openDesk({ channel: 'inbox', now: Date.now, changed: () => inbox?.changed() });
  try {
    inbox = await serveInbox(folder, () => desk);
  } catch (error) {
    tell(`nobody can be asked, so that what needs a person is refused: ${wordsOf(error)}`);
    return undefined;
  }
  return {
    approve(asked, agent, signal) {
      const { approvals } = agent;
      const grant = grantFor(agent, asked.tool)?.grant;
      if (approvals === null || grant === undefined)
        return Promise.reject(new Error('the policy names nobody who approves'));
      tell(`\`${asked.tool}\` waits for a person: answer it with \`stakes approvals\``);
      return desk.ask(asked, grant.because, approvals.expiresSeconds, signal);
    },
    close() {
      desk.close();
      inbox?.close();
    },
  };
}
