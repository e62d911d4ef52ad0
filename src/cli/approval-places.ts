import { inboxFolder } from '../gate/approve/approvals.ts';
import type { Said, Waiting } from '../gate/approve/define.ts';
import { answerCall, lookIntoInboxes } from '../gate/approve/inbox/look.ts';
import { openSharedDesk, type SharedDesk } from '../gate/approve/shared/look.ts';
import type { Problem } from '../model/place.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';
import { stateAddress, stateProblem } from './state-address.ts';

/** A call that waits, wherever its gate is. */
export interface Found extends Waiting {
  /** Undefined: the answer was taken; else why it was not. */
  take(answer: Said & { digest: string }): Promise<string | undefined>;
}

export interface Places {
  /** What is shared, for people. */
  shown: string;
  /** The oldest first. Rejects with `StateFault` where what is shared cannot be read. */
  look(): Promise<Found[]>;
  close(): void;
}

/** The inboxes of this account, and what gates elsewhere share where a Redis is named. */
export async function openPlaces(options: Invocation['options'], io: Io, state: string): Promise<Places | Problem> {
  const address = stateAddress(options, io);
  if (address !== undefined && 'code' in address) return address;
  const own = async (): Promise<Found[]> => {
    const calls = await lookIntoInboxes(inboxFolder(state));
    return calls.map((call) => ({ ...call, take: (answer) => answerCall(call, { id: call.id, ...answer }) }));
  };
  if (address === undefined) return { shown: '', look: own, close: () => undefined };
  let desk: SharedDesk;
  try {
    desk = await openSharedDesk(address);
  } catch (error) {
    return stateProblem(address, error);
  }
  return {
    shown: address.shown,
    async look() {
      const [here, elsewhere] = await Promise.all([own(), desk.look()]);
      // A gate of this account is asked itself.
      const others = elsewhere.filter((call) => !here.some((one) => isSame(one, call)));
      return [...here, ...others].sort((a, b) => a.since - b.since);
    },
    close: desk.close,
  };
}

function isSame(one: Waiting, other: Waiting): boolean {
  return one.id === other.id && one.digest === other.digest && one.since === other.since && one.agent === other.agent;
}
