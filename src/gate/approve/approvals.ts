import { join } from 'node:path';
import { grantFor } from '../../enforce/grant.ts';
import type { Answer, Asking, Setting } from '../ports.ts';
import { shown, wordsOf } from '../words.ts';
import type { Channel, OpenChannel, Surroundings, Waiting } from './define.ts';
import { openDesk } from './desk.ts';
import { channels as kinds } from './registry.generated.ts';
import { acceptedChannels, DEFAULT_CHANNEL, defaultChannels, namedChannels } from './terms.ts';

export interface Approvals {
  approve: NonNullable<Setting['approve']>;
  close(): void;
}

/** Where the inboxes of this account's gates are, below the state folder. */
export const inboxFolder = (state: string): string => join(state, 'inbox');

/** Opens every channel that this gate has. One that should be there and cannot be had is told; what asks by it alone is refused. */
export async function openApprovals(surroundings: Surroundings, known: readonly Channel[] = kinds): Promise<Approvals> {
  const { now, tell } = surroundings;
  const opened = new Map<string, OpenChannel>();
  for (const { id, open } of known) {
    try {
      const channel = await open(surroundings);
      if (channel !== undefined) opened.set(id, channel);
    } catch (error) {
      tell(`nobody can be asked by ${id}: ${wordsOf(error)}`);
    }
  }
  const had = known.filter(({ id }) => opened.has(id));
  const told = new Set<string>();

  function tellOfUnused(names: readonly string[], used: readonly string[]): void {
    for (const name of names) {
      if (used.includes(name) || told.has(name)) continue;
      told.add(name);
      tell(`the policy says \`${shown(name)}\`, which this gate cannot ask by; it asks by ${used.join(', ')}`);
    }
  }

  const waits = ({ tool }: Waiting, ids: readonly string[]) =>
    tell(`\`${shown(tool)}\` waits for a person (${ids.join(', ')})${ids.includes(DEFAULT_CHANNEL) ? HOW : ''}`);
  const desk = openDesk({ channels: opened, now, waits });

  async function ask(asking: Asking): Promise<Answer> {
    const { asked, client } = asking;
    const agent = asking.agent();
    const grant = agent === undefined ? undefined : grantFor(agent, asked.tool)?.grant;
    if (agent === undefined || agent.approvals === null || grant === undefined)
      throw new Error('the policy names nobody who approves');
    const { approvers, expiresSeconds: seconds } = agent.approvals;
    const accepted = acceptedChannels(agent, had);
    tellOfUnused(namedChannels(agent), accepted);
    const terms = { because: grant.because, seconds, approvers, channels: accepted, otherwise: defaultChannels(had) };
    if (client.brought === undefined) return desk.ask(asking, terms);
    for (const channel of opened.values()) {
      const found = channel.bring?.(asking);
      if (found === undefined) continue;
      if ('refused' in found) throw new Error(found.refused);
      return { ...(await desk.ask(asking, terms, found.id)), kept: found.kept };
    }
    throw new Error('what came back with the call is nothing that this gate gave');
  }

  return {
    async approve(asking) {
      const answer = await ask(asking);
      const agent = asking.agent();
      const { channel, answer: word } = answer.approval;
      // The policy may have changed while somebody was asked, or while an answer waited for its call.
      const isAccepted =
        agent !== undefined && [...acceptedChannels(agent, had), ...defaultChannels(had)].includes(channel);
      if (word !== 'approved' || isAccepted) return answer;
      const reason = 'the policy changed, and takes no answer by this channel any more';
      return {
        approval: { ...answer.approval, answer: 'denied', reason },
        says: `\`${asking.asked.tool}\` was approved, but ${reason}`,
      };
    },
    close() {
      desk.close();
      for (const channel of opened.values()) channel.close();
    },
  };
}

const HOW = ': answer it with `stakes approvals`';
