import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Question, Said } from '../../src/gate/approve/define.ts';
import { answerCall, lookIntoInboxes } from '../../src/gate/approve/inbox/look.ts';
import { placesIn } from '../../src/gate/approve/inbox/place.ts';
import { serveInbox } from '../../src/gate/approve/inbox/serve.ts';

async function inbox() {
  const folder = join(mkdtempSync(join(tmpdir(), 'stakes-inbox-')), 'inbox');
  const open = await serveInbox(folder);
  onTestFinished(() => {
    open.close();
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });
  const taken: Said[] = [];
  const over = new AbortController();
  const question: Question = {
    call: {
      id: 'k3v9qa',
      agent: 'desk',
      tool: 'pay/refund',
      arguments: { amount: 1 },
      digest: 'sha256:1',
      because: 'money leaves',
      since: 1,
      until: 2,
    },
    approvers: [],
    client: { signal: over.signal },
    over: over.signal,
    answer(said) {
      if (over.signal.aborted) return 'it waits no longer';
      taken.push(said);
      over.abort();
      return undefined;
    },
    lost: () => undefined,
    paused: () => undefined,
  };
  expect(open.ask(question)).toBe(true);
  const look = () => lookIntoInboxes(folder);
  const [found] = await look();
  if (found === undefined) throw new Error('nothing waits');
  const reply = { id: found.id, digest: found.digest, approve: true, by: 'ada', reason: null };
  return { folder, open, over, taken, look, found, reply };
}

test('a person of this account sees the call as it is, and answers it', async () => {
  const { taken, look, found, reply } = await inbox();
  expect(found).toMatchObject({ tool: 'pay/refund', arguments: { amount: 1 }, because: 'money leaves' });
  expect(await answerCall(found, reply)).toBeUndefined();
  expect(taken).toMatchObject([{ approve: true, by: 'ada', reason: null }]);
  expect(await look()).toEqual([]);
});

test('an answer is for the arguments that were shown', async () => {
  const { taken, look, found, reply } = await inbox();
  expect(await answerCall(found, { ...reply, digest: 'sha256:2' })).toContain('not the arguments');
  expect(taken).toEqual([]);
  expect(await look()).toHaveLength(1);
});

test('a second approver, a replay and an answer to what was never asked come to nothing', async () => {
  const { taken, found, reply } = await inbox();
  expect(await answerCall(found, { ...reply, id: 'aaaaaa' })).toContain('waits no longer');
  expect(await answerCall(found, reply)).toBeUndefined();
  expect(await answerCall(found, { ...reply, by: 'bob' })).toContain('waits no longer');
  expect(await answerCall(found, reply)).toContain('waits no longer');
  expect(taken).toHaveLength(1);
});

test('what was answered elsewhere, or is over, is shown no more', async () => {
  const { over, look, found, reply } = await inbox();
  over.abort();
  expect(await look()).toEqual([]);
  expect(await answerCall(found, reply)).toContain('waits no longer');
});

test.each([
  ['no JSON', 'approve k3v9qa\n'],
  ['nobody', '{"id":"k3v9qa","digest":"sha256:1","approve":true,"by":"","reason":null}\n'],
  ['neither yes nor no', '{"id":"k3v9qa","digest":"sha256:1","approve":1,"by":"ada","reason":null}\n'],
  ['an answer without end', 'x'.repeat(100_000)],
])('%s: whoever writes it is cut off, and nothing is approved', async (_, text) => {
  const { folder, taken } = await inbox();
  const [place] = placesIn(folder);
  const socket = connect(place?.address ?? '');
  const closed = new Promise((done) => socket.on('close', done).on('error', done));
  socket.resume().write(text);
  await closed;
  expect(taken).toEqual([]);
});

test('only this account can enter, and nothing is left at the end', async () => {
  const { folder, open } = await inbox();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(folder)).toHaveLength(1);
  open.close();
  expect(readdirSync(folder)).toEqual([]);
});
