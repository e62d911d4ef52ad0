import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { lineCutter } from '../../lines.ts';
import type { Desk } from '../desk.ts';
import { type FromGate, readReply } from './messages.ts';
import { type InboxPlace, newPlace } from './place.ts';

/** Lets people of this account look at what waits and answer it, from another terminal. */
export interface Inbox {
  /** What waits has changed. */
  changed(): void;
  close(): void;
}

const MOST_READERS = 16;
const MOST_REPLY = 64 * 1024;

/** Rejects where no socket can be had: then nobody can be asked. */
export async function serveInbox(folder: string, desk: () => Desk): Promise<Inbox> {
  const place = newPlace(folder, randomBytes(6).toString('hex'));
  const readers = new Set<Socket>();
  const say = (reader: Socket, message: FromGate) => void reader.write(`${JSON.stringify(message)}\n`);
  const server = createServer((reader) => {
    if (readers.size >= MOST_READERS) return void reader.destroy();
    readers.add(reader);
    let held = 0;
    const cutter = lineCutter((line) => {
      held = 0;
      const reply = readReply(line);
      if (reply === undefined) return void reader.destroy();
      const fault = desk().reply(reply);
      say(reader, { kind: 'answered', id: reply.id, ok: fault === undefined, says: fault ?? 'taken' });
    });
    reader.on('data', (chunk) => {
      held += chunk.length;
      if (held > MOST_REPLY) reader.destroy();
      else cutter.push(chunk);
    });
    reader.on('error', () => reader.destroy());
    reader.on('close', () => readers.delete(reader));
    say(reader, { kind: 'waiting', calls: desk().waiting() });
  });
  await listening(server, place);
  // A gate ends with its client, whoever still looks on.
  server.unref();
  return {
    changed() {
      for (const reader of readers) say(reader, { kind: 'waiting', calls: desk().waiting() });
    },
    close() {
      for (const reader of readers) reader.destroy();
      server.close();
      if (place.file !== undefined) rmSync(place.file, { force: true });
    },
  };
}

function listening(server: Server, { address }: InboxPlace): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}
