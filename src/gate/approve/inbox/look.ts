import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { faultOf } from '../../../source/fault-code.ts';
import { lineCutter } from '../../lines.ts';
import type { Waiting } from '../define.ts';
import { type FromGate, type Reply, readFromGate } from './messages.ts';
import { type InboxPlace, placesIn } from './place.ts';

/** Milliseconds that a gate has to answer. */
const PATIENCE = 2_000;

/** A call that waits, and where to answer it. */
export interface Found extends Waiting {
  place: InboxPlace;
}

/** What waits in all gates of this account, the oldest first. */
export async function lookIntoInboxes(folder: string): Promise<Found[]> {
  const found = await Promise.all(
    placesIn(folder).map(async (place) => {
      const said = await exchange(place, undefined);
      return said?.kind === 'waiting' ? said.calls.map((call) => ({ ...call, place })) : [];
    }),
  );
  return found.flat().sort((a, b) => a.since - b.since);
}

/** Undefined: the answer was taken; else why it was not. */
export async function answerCall({ place }: Found, reply: Reply): Promise<string | undefined> {
  const said = await exchange(place, reply);
  if (said?.kind !== 'answered') return 'its gate does not answer';
  return said.ok ? undefined : said.says;
}

/** The first thing that a gate says, or what it says to a reply; undefined: nobody is there. */
function exchange({ address, file }: InboxPlace, reply: Reply | undefined): Promise<FromGate | undefined> {
  return new Promise((resolve) => {
    const socket: Socket = connect(address);
    const end = (said: FromGate | undefined) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(said);
    };
    const timer = setTimeout(end, PATIENCE, undefined);
    const cutter = lineCutter((line) => {
      const said = readFromGate(line);
      if (said !== undefined && (said.kind === 'answered') === (reply !== undefined)) end(said);
    });
    socket.on('data', (chunk: Buffer) => cutter.push(chunk));
    socket.on('error', (error) => {
      // What a killed gate has left behind.
      if (faultOf(error) === 'ECONNREFUSED' && file !== undefined) rmSync(file, { force: true });
      end(undefined);
    });
    socket.on('close', () => end(undefined));
    if (reply !== undefined) socket.write(`${JSON.stringify(reply)}\n`);
  });
}
