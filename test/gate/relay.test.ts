import { expect, test } from 'vitest';
import type { Log } from '../../src/audit/log.ts';
import { openRecords } from '../../src/gate/records.ts';
import { openRelay } from '../../src/gate/relay.ts';
import type { Side } from '../../src/gate/sides.ts';
import { call, result, trial } from './gate.fixture.ts';

function side(log: string[], name: string): Side {
  return {
    send: (message) => log.push(`${name} ${(JSON.parse(message) as { id: number }).id} ${message}`),
    flush: () => true,
    onceFree: () => undefined,
    pause: () => undefined,
    resume: () => undefined,
  };
}

/** A log on paper: `together` fails where the disk is full. */
function paper(happened: string[]) {
  const state = { isFull: false };
  let seq = 0;
  const log: Pick<Log, 'intent' | 'outcome' | 'together' | 'catchUp'> = {
    intent: () => seq++,
    catchUp: () => undefined,
    outcome: ({ intent, outcome }) => happened.push(`outcome ${intent} ${outcome}`),
    together(step) {
      const before = happened.length;
      step();
      if (!state.isFull) return void happened.push('written');
      happened.splice(before);
      throw new Error('no space is left');
    },
  };
  return { log, state };
}

function relayed() {
  const happened: string[] = [];
  const told: string[] = [];
  const { log, state } = paper(happened);
  const records = openRecords(log, (text) => told.push(text));
  const { session } = trial({ log: records });
  const relay = openRelay(session.setting, side(happened, 'to client'), side(happened, 'to server'), (text) =>
    told.push(text),
  );
  const lines = (...messages: unknown[]) => messages.map((message) => JSON.stringify(message));
  return { happened, told, state, relay, records, lines };
}

const kinds = (happened: readonly string[]) => happened.map((text) => text.split(' ').slice(0, 3).join(' '));

test('calls that come together are on record before the first of them goes on', () => {
  const { happened, relay, lines } = relayed();
  relay.fromClient(lines(call(1, 'list'), call(2, 'list', { limit: 1 })));
  expect(kinds(happened)).toEqual(['written', 'to server 1', 'to server 2']);
});

test('none of them goes on where they cannot be written down, each is told so, and none is under way', () => {
  const { happened, told, state, relay, lines } = relayed();
  state.isFull = true;
  relay.fromClient(lines(call(1, 'list'), call(2, 'drop'), call(3, 'list')));
  expect(kinds(happened)).toEqual(['to client 1', 'to client 2', 'to client 3']);
  expect(happened[0]).toContain('cannot be recorded');
  expect(told.join()).toContain('no space is left');
  expect(relay.session.pending.size).toBe(0);
  state.isFull = false;
  relay.fromClient(lines(call(1, 'list')));
  expect(kinds(happened).slice(3)).toEqual(['written', 'to server 1']);
});

test('an answer goes out before its outcome is written, which no full disk loses', async () => {
  const { happened, told, state, relay, lines } = relayed();
  relay.fromClient(lines(call(1, 'list')));
  relay.fromServer(lines(result(1, { content: [] })));
  expect(kinds(happened)).toEqual(['written', 'to server 1', 'written', 'to client 1']);
  state.isFull = true;
  await new Promise((done) => setImmediate(done));
  expect(told.join()).toContain('not on record yet');
  expect(happened).toHaveLength(4);
  state.isFull = false;
  relay.fromClient(lines(call(2, 'list')));
  expect(kinds(happened).slice(4)).toEqual(['outcome 0 ok', 'written', 'to server 2']);
});

test('what waits is written when the gate closes', () => {
  const { happened, relay, records, lines } = relayed();
  relay.fromClient(lines(call(1, 'list')));
  relay.serverGone();
  records.flush();
  expect(happened).toContain('outcome 0 lost');
});
