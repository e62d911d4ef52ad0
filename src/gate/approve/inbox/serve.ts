import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { lineCutter } from '../../lines.ts';
import type { OpenChannel, Question } from '../define.ts';
import { type FromGate, type Reply, readReply } from './messages.ts';
import { type InboxPlace, newPlace } from './place.ts';

const MOST_READERS = 16;
const MOST_REPLY = 64 * 1024;

/**
 * Lets people of this account look at what waits and answer it, from another terminal. Rejects where no socket can be had:
 * then nobody can be asked.
 */
export async function serveInbox(folder: string): Promise<OpenChannel> {
  const place = newPlace(folder, randomBytes(6).toString('hex'));
  const questions = new Map<string, Question>();
  const readers = new Set<Socket>();
  const say = (reader: Socket, message: FromGate) => void reader.write(`${JSON.stringify(message)}\n`);
  const waiting = (): FromGate => ({ kind: 'waiting', calls: [...questions.values()].map(({ call }) => call) });
  const changed = () => {
    for (const reader of readers) say(reader, waiting());
  };
  const server = createServer((reader) => {
    if (readers.size >= MOST_READERS) return void reader.destroy();
    readers.add(reader);
    let held = 0;
    const cutter = lineCutter((line) => {
      held = 0;
      const reply = readReply(line);
      if (reply === undefined) return void reader.destroy();
      const fault = faultOf(questions.get(reply.id), reply);
      say(reader, { kind: 'answered', id: reply.id, ok: fault === undefined, says: fault ?? 'taken' });
    });
    reader.on('data', (chunk) => {
      held += chunk.length;
      if (held > MOST_REPLY) reader.destroy();
      else cutter.push(chunk);
    });
    reader.on('error', () => reader.destroy());
    reader.on('close', () => readers.delete(reader));
    say(reader, waiting());
  });
  await listening(server, place);
  // A gate ends with its client, whoever still looks on.
  server.unref();
  return {
    ask(question) {
      const { call, over } = question;
      questions.set(call.id, question);
      over.addEventListener('abort', () => {
        questions.delete(call.id);
        changed();
      });
      changed();
      return true;
    },
    close() {
      for (const reader of readers) reader.destroy();
      server.close();
      if (place.file !== undefined) rmSync(place.file, { force: true });
    },
  };
}

/** Undefined: the answer was taken. */
function faultOf(question: Question | undefined, { digest, ...said }: Reply): string | undefined {
  if (question === undefined) return 'it waits no longer';
  if (question.call.digest !== digest) return 'these are not the arguments that were shown';
  return question.answer(said);
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
