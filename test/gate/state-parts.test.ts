import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { isInTheClear, readStateAddress, type StateAddress } from '../../src/gate/state/address.ts';
import { INSTALL } from '../../src/gate/state/connection.ts';
import { isElsewhere, StateFault, stateFault } from '../../src/gate/state/fault.ts';
import { openNotes } from '../../src/gate/state/notes.ts';
import { keysOf } from '../../src/gate/state/scripts.ts';
import {
  mergeSeen,
  nothingSeen,
  readSeen,
  type Seen,
  see,
  seenArguments,
  writeSeen,
} from '../../src/gate/state/seen.ts';
import { factsIn } from '../../src/gate/state/server.ts';

const address = (text: string): StateAddress => {
  const read = readStateAddress(text);
  if ('wrong' in read) throw new Error(read.wrong);
  return read;
};

test('the client that is named is the one that is tried', () => {
  const { dependencies } = JSON.parse(readFileSync('test/engines/package.json', 'utf8')) as { dependencies: object };
  const tried = `@redis/client@${Object.entries(dependencies).find(([name]) => name === '@redis/client')?.[1]}`;
  expect(INSTALL).toContain(`npm install ${tried}`);
  expect(readFileSync('docs/machines.md', 'utf8')).toContain(`npm install -g ${tried} `);
});

test('an address has all that a URL can say, and shows nothing of a name or a password', () => {
  expect(address('redis://127.0.0.1')).toMatchObject({ host: '127.0.0.1', port: 6379, tls: false, database: 0 });
  expect(address('redis://127.0.0.1').shown).toBe('redis://127.0.0.1:6379');
  const full = address('rediss://gate:p%40ss%2Fword@redis.internal:6380/3');
  expect(full).toMatchObject({ tls: true, username: 'gate', password: 'p@ss/word', database: 3, port: 6380 });
  expect(full.shown).toBe('rediss://redis.internal:6380/3');
  expect(address('redis://:pw@[::1]:7000/')).toMatchObject({ host: '::1', username: undefined, password: 'pw' });
  expect(address('redis://:pw@[::1]:7000/').shown).toBe('redis://[::1]:7000');
});

test('what is no address is refused with what there is, and not repeated', () => {
  for (const [text, says] of [
    ['memcached://:s3cret@host', '`memcached:` is nothing that this gate knows'],
    ['s3cret', 'no URL'],
    ['redis://:s3cret@host/x', 'more behind its host'],
    ['redis://:s3cret@host/0?prefix=a', 'more behind its host'],
    ['redis://', 'names no host'],
    ['redis://:s3cret%zz@host', 'not encoded as in a URL'],
  ] as const) {
    const read = readStateAddress(text);
    expect(read, text).toMatchObject({ wrong: expect.stringContaining(says) });
    expect(JSON.stringify(read)).not.toContain('s3cret');
  }
});

test('no password of any address is ever in what is shown of it', () => {
  fc.assert(
    fc.property(fc.webUrl(), fc.stringMatching(/^[A-Za-z0-9%:@/?#]{12,20}$/), (url, password) => {
      const at = new URL(url).host;
      const read = readStateAddress(`redis://user:${encodeURIComponent(password)}@${at}`);
      expect(JSON.stringify('shown' in read ? read.shown : read)).not.toContain(password);
      if ('shown' in read) expect(read.password).toBe(password);
    }),
  );
});

test('what is not encrypted and leaves this machine is in the clear', () => {
  const of = (text: string) => isInTheClear(address(text));
  expect(['redis://127.0.0.1', 'redis://localhost', 'redis://[::1]', 'rediss://redis.internal'].map(of)).toEqual([
    ...[false, false, false, false],
  ]);
  expect(of('redis://redis.internal')).toBe(true);
});

test('a refusal of the server is told in our own words: its own may hold what it was sent', () => {
  const said = (text: string) => stateFault(new Error(text));
  expect(said('WRONGPASS invalid username-password pair')).toMatchObject({ isLasting: true, code: 'WRONGPASS' });
  expect(said("ERR unknown command 'AUTH', with args beginning with: 's3cret'").message).toBe('it refuses with `ERR`');
  expect(said('READONLY You cannot write against a read only replica.').message).toContain('replica');
  expect(said('ERR ACL failure in script: User gate has no permissions to run the time command')).toMatchObject({
    code: 'NOPERM',
    isLasting: true,
  });
  expect(said('connect ECONNREFUSED at s3cret').message).toBe('the connection was lost');
  const refused = Object.assign(new Error('connect to s3cret'), { code: 'ECONNREFUSED' });
  expect(stateFault(refused)).toMatchObject({ message: 'nothing listens there', isLasting: false });
  expect(stateFault(Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' })).message).toContain('CERT_HAS_EXPIRED');
  const own = new StateFault('x');
  expect(stateFault(own)).toBe(own);
  expect(isElsewhere(new Error('MOVED 1 10.0.0.1:6379'))).toBe(true);
  expect(isElsewhere(new Error('OOM command not allowed'))).toBe(false);
});

const INFO = ['# Server', 'run_id:94a7', '# Memory', 'maxmemory_policy:noeviction', 'loading:0', 'aof_enabled:1'];
const info = (...changed: string[]) =>
  [...INFO.filter((line) => !changed.some((one) => line.startsWith(`${one.split(':')[0]}:`))), ...changed].join('\r\n');

test('a server that throws keys away is no place for counts; one without a file, or that does not say, is told', () => {
  expect(factsIn(info())).toEqual({ run: '94a7', warnings: [] });
  for (const policy of ['volatile-lru', 'allkeys-random'])
    expect(() => factsIn(info(`maxmemory_policy:${policy}`))).toThrow('may throw counts away');
  expect(() => factsIn(info('loading:1'))).toThrow('still loading');
  expect(factsIn(info('aof_enabled:0')).warnings).toEqual([expect.stringContaining('no append-only file')]);
  expect(factsIn('')).toEqual({ run: '', warnings: [expect.stringContaining('not checked')] });
});

test('all keys of an agent are in one slot of a cluster', () => {
  for (const key of keysOf('refund-desk')) expect(key).toMatch(/^stakes:\{refund-desk\}:[a-z]+$/);
});

const seenOf = (more: Partial<Seen>): Seen => ({ ...nothingSeen(), ...more });
const DAY = 86_400_000;

test('what was seen is of one day, and each count as it was last', () => {
  const seen = nothingSeen();
  see(seen, { time: 5 * DAY + 1, seq: 3, field: 'c:a', calls: 2, usd: 7, minute: 2 });
  see(seen, { time: 5 * DAY + 2, seq: 4, field: 'c:b', calls: 1, usd: 9, minute: 3 });
  expect([...seen.counts]).toEqual([
    ['c:a', 2],
    ['usd', 9],
    ['c:b', 1],
  ]);
  expect(seenArguments(seen)).toEqual(['', 4, 5, 3, 5 * DAY + 2, 'c:a', 2, 'usd', 9, 'c:b', 1]);
  see(seen, { time: 6 * DAY, seq: 5, field: 'c:b', calls: 1, usd: 0, minute: 1 });
  expect([...seen.counts.keys()]).toEqual(['c:b', 'usd']);
});

test('of two gates the later life counts, the higher number of the same day, and neither order matters', () => {
  const one = seenOf({ life: '200-a', seq: 9, day: 5, counts: new Map([['c:a', 4]]), minute: { calls: 4, time: 30 } });
  const other = seenOf({
    life: '100-b',
    seq: 50,
    day: 5,
    counts: new Map([
      ['c:a', 6],
      ['c:b', 1],
    ]),
  });
  const both = { life: '200-a', seq: 9, day: 5, minute: { calls: 4, time: 30 } };
  for (const merged of [mergeSeen(one, other), mergeSeen(other, one)]) {
    expect(merged).toMatchObject(both);
    expect(Object.fromEntries(merged.counts)).toEqual({ 'c:a': 6, 'c:b': 1 });
  }
  const yesterday = seenOf({ life: '100-b', seq: 50, day: 4, counts: new Map([['c:a', 6]]) });
  expect(Object.fromEntries(mergeSeen(one, yesterday).counts)).toEqual({ 'c:a': 4 });
  expect(mergeSeen(one, { ...one, seq: 12 }).seq).toBe(12);
});

test('what was seen is read as it was written, and what is damaged is not read', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat(),
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        fc.nat(),
      ),
      (seq, time, counts) => {
        const seen = seenOf({
          life: '12-ab',
          seq,
          day: 3,
          counts: new Map(Object.entries(counts)),
          minute: { calls: 1, time },
        });
        expect(readSeen(writeSeen(seen))).toEqual(seen);
      },
    ),
  );
  const good = writeSeen(seenOf({ life: '12-ab' }));
  for (const text of ['', '{}', good.slice(0, 20), good.replace('"seq":0', '"seq":-1'), good.replace('12-ab', 'x y')])
    expect(readSeen(text), text).toBe(undefined);
});

test('notes of several gates of a machine come together, for their owner alone, and a damaged file is as none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stakes-notes-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [file, told] = [join(folder, 'deep/desk.seen.json'), [] as string[]];
  const notes = openNotes(file, (text) => told.push(text));
  expect(notes.read()).toBe(undefined);
  notes.flush(seenOf({ life: '' }));
  expect(notes.read()).toBe(undefined);
  const life = '12-ab';
  notes.flush(seenOf({ life, day: 3, counts: new Map([['c:a', 5]]) }));
  openNotes(file, () => undefined).flush(seenOf({ life, day: 3, counts: new Map([['c:b', 2]]) }));
  expect(Object.fromEntries(notes.read()?.counts ?? [])).toEqual({ 'c:a': 5, 'c:b': 2 });
  expect(statSync(file).mode & 0o077).toBe(0);
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 30));
  expect(notes.read()).toBe(undefined);
  openNotes(join(file, 'x.json'), (text) => told.push(text)).flush(seenOf({ life }));
  expect(told).toEqual([expect.stringContaining('is not noted on this machine')]);
});
