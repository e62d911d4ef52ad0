import { createPrivateKey, sign } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LogFault } from '../../src/audit/fault.ts';
import { leafHash, linkTo } from '../../src/audit/hash.ts';
import { signatureRecordLine, signedText } from '../../src/audit/lines.ts';
import { segmentName } from '../../src/audit/segments.ts';
import { keyText } from '../../src/audit/verifier-key.ts';
import { verifyLog } from '../../src/audit/verify/log.ts';
import {
  calls,
  codesOf,
  filesOf,
  intent,
  kept,
  keysOf,
  linesIn,
  open,
  type Place,
  place,
  still,
  textOf,
  verified,
} from './audit.fixture.ts';

const lastFile = (at: Place): string => filesOf(at).at(-1)?.path ?? '';
const only = (at: Place) => verified(at).findings.map(({ code, line, severity }) => ({ code, line, severity }));

/** A log whose writer did not come to its end; `release` is what the end of its process does. */
function killed(at: Place, write: (log: ReturnType<typeof open>) => void): void {
  still();
  const log = open(at);
  write(log);
  const path = lastFile(at);
  const { length } = readFileSync(path);
  log.close();
  truncateSync(path, length);
}

describe('what a killed writer leaves', () => {
  test('lines without a signature are named as such, then and ever after', () => {
    const at = place();
    killed(at, (log) => {
      calls(log, 2);
      log.sign();
      calls(log, 1);
    });
    expect(only(at)).toEqual([{ code: 'unsigned-tail', line: 8, severity: 'error' }]);
    expect(verified(at).log).toMatchObject({ verdict: 'unfinished', signed: 7, size: 9 });
    const log = open(at);
    expect(log.found).toEqual({ unsigned: 2, torn: null });
    log.close();
    expect(only(at)).toEqual([{ code: 'found-unsigned', line: 10, severity: 'warning' }]);
    expect(verified(at).findings[0]?.message).toContain('records 7 to 8');
    expect(verified(at).log).toMatchObject({ verdict: 'intact', signed: 13, size: 13 });
  });

  test('half a line is kept aside and said, and nothing else is lost', () => {
    const at = place();
    const whole = open(at);
    calls(whole, 2);
    whole.close();
    const before = linesIn(at);
    for (const half of ['{"agent":"refund-d', 'x', '\0'.repeat(4096)]) {
      appendFileSync(lastFile(at), half);
      expect(only(at).at(-1)).toEqual({ code: 'torn-line', line: linesIn(at).length + 1, severity: 'error' });
      const log = open(at);
      expect(log.found).toMatchObject({ unsigned: 0, torn: { bytes: half.length } });
      log.close();
    }
    const aside = readdirSync(at.folder).filter((name) => name.includes('.torn-'));
    expect(aside.map((name) => readFileSync(join(at.folder, name), 'utf8').length).sort()).toEqual([1, 18, 4096]);
    expect(linesIn(at).slice(0, before.length)).toEqual(before);
    expect(only(at).map(({ code }) => code)).toEqual(['found-torn', 'found-torn', 'found-torn']);
    expect(verified(at).log).toMatchObject({ verdict: 'intact' });
  });

  test('a file without a whole line in it is begun again, and what was in it is kept', () => {
    const at = place();
    const log = open(at, { segmentBytes: 3000 });
    calls(log, 10);
    log.close();
    const files = filesOf(at).length;
    writeFileSync(join(at.folder, segmentName(files + 1)), '{"half');
    const again = open(at, { segmentBytes: 3000 });
    calls(again, 3);
    again.close();
    expect(codesOf(verified(at))).toEqual([]);
    expect(readdirSync(at.folder).filter((name) => name.includes('.torn-'))).toHaveLength(1);
  });

  test('a rotation that was cut short is taken up, wherever it was cut', () => {
    for (const lines of [1, 2]) {
      const at = place();
      const log = open(at);
      calls(log, 1);
      log.sign();
      const before = linesIn(at).length;
      const secrets = ['signing.pem', 'next.pem'].map((name) => join(at.keys, name));
      const [current = '', next = ''] = secrets;
      const old = readFileSync(current);
      log.rotateKey();
      const rotated = readFileSync(current);
      log.close();
      // As if the process had ended before the new key was put in its place.
      const text = linesIn(at).slice(0, before + lines);
      writeFileSync(lastFile(at), text.map((line) => `${line}\n`).join(''));
      writeFileSync(next, rotated, { mode: 0o600 });
      writeFileSync(current, old);
      const again = open(at);
      calls(again, 1);
      again.close();
      const codes = codesOf(verified(at));
      expect(codes).toEqual(lines === 1 ? ['found-unsigned'] : []);
      expect(verified(at).log?.keys).toHaveLength(2);
      expect(readFileSync(current).equals(rotated)).toBe(true);
    }
  });

  test('what came after the last checkpoint is all that has to be read to go on', () => {
    for (const [damaged, opens] of [
      ['"/amount":1,', true],
      ['"/amount":4,', false],
    ] as const) {
      const at = place();
      killed(at, (log) => {
        calls(log, 3);
        log.checkpoint();
        calls(log, 5);
      });
      const text = textOf(at);
      const where = damaged.includes('1') ? text.indexOf('"/amount":1}') : text.lastIndexOf('"/amount":4}');
      expect(where).toBeGreaterThan(0);
      writeFileSync(lastFile(at), `${text.slice(0, where)}"/amount":9}${text.slice(where + 12)}`);
      if (opens) {
        const log = open(at);
        expect(log.found).toEqual({ unsigned: 10, torn: null });
        log.close();
      } else expect(() => open(at)).toThrow(/^the log is damaged in /);
      expect(codesOf(verified(at))).toContain('chain');
    }
  });

  test('a log that is damaged is not written to, and stays as it is', () => {
    const at = place();
    killed(at, (log) => calls(log, 5));
    const damaged = textOf(at).replace('"amount":2', '"amount":3').replace('"/amount":2', '"/amount":3');
    writeFileSync(lastFile(at), damaged);
    expect(() => open(at)).toThrow(LogFault);
    expect(textOf(at)).toBe(damaged);
    expect(readdirSync(at.folder)).not.toContain('lock');
  });
});

describe('what is told and is no fault', () => {
  test('a clock that ran back', () => {
    still();
    const at = place();
    const times = [5000, 5000, 9000, 9500, 4000];
    const log = open(at, { now: () => times.shift() ?? 10_000 });
    calls(log, 2);
    log.close();
    expect(only(at)).toEqual([{ code: 'clock', line: 5, severity: 'warning' }]);
    expect(verified(at)).toMatchObject({
      findings: [{ message: expect.stringContaining('5.5 s') }],
      log: { verdict: 'intact' },
    });
  });

  test('a kind of record that a later version of this format has', async () => {
    const at = place();
    const { createPen } = await import('../../src/audit/pen.ts');
    const { openParts } = await import('../../src/audit/open.ts');
    const where = { ...at, origin: 'example.com/later' };
    const parts = openParts(where, false, Date.now);
    const rest = { durable: false, segmentBytes: 1e6, checkpointSeconds: 60, now: Date.now, onFault: undefined };
    const pen = createPen(parts, { ...where, ...rest });
    pen.append(({ prev, seq, time }) =>
      JSON.stringify({ asked: 'what?', kind: 'question', prev, schema: 'stakes/record@1', seq, time }),
    );
    pen.close();
    parts.release();
    expect(only(at)).toEqual([{ code: 'unknown-kind', line: 3, severity: 'warning' }]);
    expect(verified(at).log?.verdict).toBe('intact');
  });
});

describe('what is refused', () => {
  test('a newer version, whole or in one line', () => {
    const at = place();
    const log = open(at);
    calls(log, 2);
    log.close();
    const text = textOf(at);
    writeFileSync(lastFile(at), text.replaceAll('stakes/record@1', 'stakes/record@2'));
    expect(codesOf(verified(at))).toEqual(['newer-version']);
    writeFileSync(lastFile(at), text.replace(/(.*\n.*\n.*)record@1/, '$1record@7'));
    expect(codesOf(verified(at))).toContain('newer-version');
  });

  test('what is no log, or a line without an end, without much memory', () => {
    const at = place();
    open(at).close();
    const path = join(at.folder, 'other');
    const one = (bytes: string | Buffer) => {
      writeFileSync(path, bytes);
      return verifyLog([{ path, shown: 'other', number: undefined }], { keys: keysOf(at), checkpoints: [] });
    };
    expect(codesOf(one('hello\n'))).toEqual(['not-a-log']);
    expect(codesOf(one('{}\n'))).toEqual(['not-a-log']);
    expect(codesOf(one(''))).toEqual(['empty-log']);
    expect(codesOf(one(`${textOf(at)}\n`))).toEqual(['not-a-record']);
    expect(codesOf(one(Buffer.concat([Buffer.from(textOf(at)), Buffer.alloc(5_000_000, 'x')])))).toEqual(['long-line']);
    expect(codesOf(one(`${textOf(at)}${'['.repeat(200_000)}\n`))).toContain('not-a-record');
    const nothing = verifyLog([{ path: at.folder, shown: 'log', number: undefined }], { keys: [], checkpoints: [] });
    expect(codesOf(nothing)).toEqual(['unreadable-file']);
  });

  test('records of another key in the middle: a hand-over that nobody vouched for', () => {
    const [at, other] = [place(), place()];
    for (const where of [at, other]) {
      const log = open(where);
      calls(log, 1);
      log.rotateKey();
      log.close();
    }
    const [ours, theirs] = [linesIn(at), linesIn(other)];
    const turn = ours.findIndex((line) => line.includes('"rotation"'));
    const mixed = [...ours.slice(0, turn), ...theirs.slice(turn)];
    writeFileSync(lastFile(at), mixed.map((line) => `${line}\n`).join(''));
    expect(codesOf(verified(at))).toEqual(expect.arrayContaining(['chain', 'other-key']));
  });

  test('a log that names a trusted key, which never signed in it', () => {
    const [at, other] = [place(), place()];
    open(other).close();
    const log = open(at);
    calls(log, 2);
    const secret = createPrivateKey(readFileSync(join(at.keys, 'signing.pem')));
    log.rotateKey();
    const text = linesIn(at);
    log.close();
    const [trusted] = keysOf(other);
    const made = keysOf(at)[1];
    if (!trusted || !made) throw new Error('no keys');
    // The forger signs a hand-over to the key that its reader trusts.
    const turned = text.map((line) => line.replace(keyText(made), keyText(trusted))).slice(0, -1);
    const record = JSON.parse(text.at(-1) ?? '') as { key: string; seq: number; time: string };
    const prev = linkTo(leafHash(`\0${turned.at(-1)}`));
    const signature = sign(null, Buffer.from(signedText(record.key, { ...record, prev })), secret).toString('base64');
    turned.push(signatureRecordLine({ key: record.key, signature }, { ...record, prev }));
    writeFileSync(lastFile(at), turned.map((line) => `${line}\n`).join(''));
    expect(verified(at, []).log).toMatchObject({ verdict: 'unproven', keys: [{ signatures: 2 }, { signatures: 0 }] });
    expect(codesOf(verified(at, [trusted]))).toEqual(['other-key']);
    expect(verified(at, [trusted]).log?.verdict).toBe('broken');
  });

  test('a checkpoint that is of another log, or about lines that are not here', () => {
    const [at, other] = [place(), place()];
    const notes = [at, other].map((where) => {
      const log = open(where, { segmentBytes: 3000 });
      calls(log, 2);
      const note = log.checkpoint();
      calls(log, 20);
      log.close();
      return note;
    });
    expect(codesOf(verified(at, keysOf(at), [kept(notes[0])]))).toEqual([]);
    expect(codesOf(verified(at, keysOf(at), [kept(notes[1])]))).toEqual(['checkpoint-mismatch']);
    const [last] = filesOf(at).slice(-1);
    const alone = verifyLog(last ? [{ ...last, number: undefined }] : [], {
      keys: keysOf(at),
      checkpoints: [kept(notes[0])],
    });
    expect(codesOf(alone)).toEqual(['checkpoint-mismatch', 'starts-late']);
  });

  test('many faults are counted, and not all are listed', () => {
    const at = place();
    const log = open(at);
    for (let i = 0; i < 100; i++) log.intent(intent());
    log.close();
    writeFileSync(
      lastFile(at),
      textOf(at).replaceAll('"bounded', '"unbounded').replaceAll('allowed: bounded', 'allowed: free'),
    );
    const { findings, more } = verified(at);
    expect(findings).toHaveLength(50);
    expect(more).toBeGreaterThan(40);
  });
});
