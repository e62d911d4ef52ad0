import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { StartRecord } from '../../src/model/record.ts';
import { programOf } from '../program.ts';
import { codesOf, ORIGIN, open, place, recordsIn, textOf, verified } from './audit.fixture.ts';

const KILLS = Number(process.env.STAKES_CASES ?? 0) >= 1000 ? 200 : 15;
/** What a killed writer may leave, once another has gone on from there: told, and no fault. */
const REMARKS = ['found-torn', 'found-unsigned'];

test(`killed ${KILLS} times at random, no record is lost that was told to be written, and at most one line is torn`, async () => {
  const entry = await programOf('test/audit/kill-loop.ts');
  const at = place();
  const told: number[] = [];
  const found: Pick<StartRecord, 'torn' | 'unsigned'>[] = [];
  for (let i = 0; i < KILLS; i++) {
    const child = spawn(process.execPath, [entry, at.folder, at.keys, ORIGIN], { stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    let [said, wrong] = ['', ''];
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (wrong += chunk));
    await new Promise((begun) => child.stdout.once('data', begun));
    await new Promise((wait) => setTimeout(wait, Math.random() * 120));
    const ended = new Promise((closed) => child.once('close', closed));
    child.kill('SIGKILL');
    await ended;
    expect(wrong).toBe('');
    const [first = '', ...rest] = said.slice(0, said.lastIndexOf('\n')).split('\n');
    found.push(JSON.parse(first.replace('found ', '')) as (typeof found)[number]);
    told.push(...rest.map(Number));
    // Half a line at most, and nothing else that is wrong but that the end is not signed.
    const codes = codesOf(verified(at)).filter((code) => !REMARKS.includes(code));
    expect(['torn-line', 'unsigned-tail']).toEqual(expect.arrayContaining(codes));
    expect(textOf(at).split('\n').length - 1).toBeGreaterThan(Math.max(...told));
  }
  const log = open(at);
  found.push(log.found);
  log.close();
  const report = verified(at);
  expect(codesOf(report).filter((code) => !REMARKS.includes(code))).toEqual([]);
  expect(report.log).toMatchObject({ verdict: 'intact', signed: report.log?.size });
  const records = recordsIn(at);
  expect(told.length).toBeGreaterThan(KILLS);
  for (const seq of told) expect(records[seq], `record ${seq}`).toMatchObject({ kind: 'intent', seq });
  const outcomes = records.filter(({ kind }) => kind === 'outcome');
  for (const { intent } of outcomes) expect(records[Number(intent)]).toMatchObject({ kind: 'intent' });
  // What was found is in the records, and what was torn is kept.
  const starts = records.filter(({ kind }) => kind === 'start');
  expect(starts.map(({ torn, unsigned }) => ({ torn, unsigned }))).toEqual(found);
  expect(
    found.some(({ unsigned }) => unsigned > 0),
    'a kill before a signature',
  ).toBe(true);
  const kept = readdirSync(at.folder).filter((name) => name.includes('.torn-'));
  expect(kept.length).toBe(new Set(found.flatMap(({ torn }) => (torn ? [torn.digest] : []))).size);
  for (const name of kept) expect(readFileSync(join(at.folder, name)).length).toBeGreaterThan(0);
}, 900_000);
