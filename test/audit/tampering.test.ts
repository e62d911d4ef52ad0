import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { digestOf, leafHash, linkTo } from '../../src/audit/hash.ts';
import { segmentName } from '../../src/audit/segments.ts';
import { verifyLog } from '../../src/audit/verify/log.ts';
import type { KeptCheckpoint } from '../../src/audit/verify/walk.ts';
import type { AuditVerifyReport } from '../../src/model/audit-report.ts';
import { holds } from '../arbitraries/cases.ts';
import { calls, codesOf, filesOf, kept, keysOf, open, type Place, place, verified } from './audit.fixture.ts';

/** A log of several files and two keys, with calls under many signatures. */
function write(at: Place, some: number): void {
  const log = open(at, { segmentBytes: 2500 });
  for (let round = 0; round < 4; round++) {
    calls(log, some);
    log.sign();
    if (round === 1) log.rotateKey();
    if (round === 2) log.checkpoint();
  }
  log.close();
  open(at).close();
}

const [ours, theirs] = [place(afterAll), place(afterAll)];
write(ours, 2);
write(theirs, 3);
const bytesOf = (at: Place) => filesOf(at).map(({ path }) => readFileSync(path));
const [files, stranger] = [bytesOf(ours), bytesOf(theirs)];
const keys = keysOf(ours);
const last = kept(verified(ours).log?.checkpoint);
const scratch = join(ours.folder, '../scratch');

rmSync(scratch, { recursive: true, force: true });
mkdirSync(scratch);
const untouched: ReadonlyMap<Buffer | undefined, string> = new Map<Buffer | undefined, string>(
  filesOf(ours).map(({ path }, i) => [files[i], path] as const),
);

/** What is not changed is read where it is. */
function verify(changed: readonly Buffer[], checkpoints: KeptCheckpoint[] = []): AuditVerifyReport {
  const named = changed.map((bytes, i) => {
    const shown = segmentName(i + 1);
    const path = untouched.get(bytes) ?? join(scratch, shown);
    if (!untouched.has(bytes)) writeFileSync(path, bytes);
    return { path, shown, number: i + 1 };
  });
  return verifyLog(named, { keys, checkpoints });
}

const isFound = (report: AuditVerifyReport) => report.log?.verdict !== 'intact';
const textsOf = (bytes: readonly Buffer[]) => bytes.map((file) => file.toString('utf8').split('\n').slice(0, -1));
const lines = textsOf(files);
const strange = textsOf(stranger).flat();
const joined = (text: readonly string[]) => Buffer.from(text.map((line) => `${line}\n`).join(''));
const withFile = (at: number, bytes: Buffer) => files.map((file, i) => (i === at ? bytes : file));

/** A place in a file: the number is taken as far as there is one. */
const spot = fc.record({ file: fc.nat(files.length - 1), at: fc.nat(99_999) });
const bytesAt = ({ file, at }: { file: number; at: number }) => {
  const bytes = files[file] ?? Buffer.alloc(0);
  return { bytes, i: at % bytes.length };
};
const linesAt = ({ file, at }: { file: number; at: number }) => {
  const text = lines[file] ?? [];
  return { text, i: at % text.length };
};

test('nothing was done: nothing is found', () => {
  expect(files.length).toBeGreaterThan(3);
  expect(codesOf(verify(files, [last]))).toEqual([]);
});

describe('is found', () => {
  test('a byte that is another', () => {
    holds(fc.tuple(spot, fc.integer({ min: 1, max: 255 })), ([where, by]) => {
      const { bytes, i } = bytesAt(where);
      const changed = Buffer.from(bytes);
      changed[i] = (changed[i] ?? 0) ^ by;
      expect(isFound(verify(withFile(where.file, changed)))).toBe(true);
    });
  });

  test('every byte of the last line, which nothing comes after', () => {
    const end = files.at(-1) ?? Buffer.alloc(0);
    const path = join(scratch, 'last');
    const start = end.lastIndexOf(10, end.length - 2) + 1;
    for (let i = start; i < end.length; i++) {
      const changed = Buffer.from(end);
      changed[i] = (changed[i] ?? 0) ^ (1 << (i % 8));
      writeFileSync(path, changed);
      const report = verifyLog([{ path, shown: 'last', number: undefined }], { keys, checkpoints: [] });
      expect(isFound(report), `byte ${i}`).toBe(true);
    }
  }, 300_000);

  test('bytes that are gone, or too many', () => {
    holds(fc.tuple(spot, fc.nat(20), fc.uint8Array({ maxLength: 20 })), ([where, gone, put]) => {
      const { bytes, i } = bytesAt(where);
      const changed = Buffer.concat([bytes.subarray(0, i), put, bytes.subarray(i + gone)]);
      const isLast = where.file === files.length - 1 && i + gone >= bytes.length - 1;
      fc.pre(!changed.equals(bytes) && !(isLast && gone > 0));
      expect(isFound(verify(withFile(where.file, changed)))).toBe(true);
    });
  });

  test('lines that are gone from within', () => {
    holds(fc.tuple(spot, fc.integer({ min: 1, max: 12 })), ([where, count]) => {
      const { text, i } = linesAt(where);
      fc.pre(where.file < files.length - 1 || i + count < text.length);
      expect(isFound(verify(withFile(where.file, joined(text.toSpliced(i, count)))))).toBe(true);
    });
  });

  test('lines that stand twice, or in another order', () => {
    holds(fc.tuple(spot, spot, fc.boolean()), ([from, to, again]) => {
      const [source, target] = [linesAt(from), linesAt(to)];
      const moved = source.text[source.i] ?? '';
      const without = again ? files : withFile(from.file, joined(source.text.toSpliced(source.i, 1)));
      const changed = without.map((file, i) =>
        i === to.file ? joined((textsOf([file])[0] ?? []).toSpliced(target.i, 0, moved)) : file,
      );
      fc.pre(!Buffer.concat(changed).equals(Buffer.concat(files)));
      expect(isFound(verify(changed))).toBe(true);
    });
  });

  test('lines of another log, in between or in place of ours', () => {
    holds(
      fc.tuple(spot, fc.nat(strange.length - 1), fc.integer({ min: 1, max: 8 }), fc.nat(8)),
      ([where, from, count, gone]) => {
        const { text, i } = linesAt(where);
        const changed = text.toSpliced(i, gone, ...strange.slice(from, from + count));
        expect(isFound(verify(withFile(where.file, joined(changed))))).toBe(true);
      },
    );
  });

  test('files that are of another log, swapped, twice, empty or gone', () => {
    const place = fc.nat(files.length - 1);
    holds(fc.tuple(place, place, fc.constantFrom('foreign', 'swapped', 'twice', 'empty', 'gone')), ([a, b, how]) => {
      const [one, other] = [files[a] ?? Buffer.alloc(0), files[b] ?? Buffer.alloc(0)];
      const ways = {
        foreign: withFile(a, stranger[a] ?? Buffer.alloc(0)),
        swapped: files.map((file, i) => (i === a ? other : i === b ? one : file)),
        twice: withFile(a, other),
        empty: withFile(a, Buffer.alloc(0)),
        gone: files.toSpliced(a, 1),
      };
      fc.pre(a !== b || how === 'foreign' || how === 'empty' || how === 'gone');
      expect(isFound(verify(ways[how], [last]))).toBe(true);
    });
  });

  test('a change after which somebody without the key has written every hash anew', () => {
    holds(fc.tuple(spot, fc.constantFrom('deny', 'allow')), ([where, decision]) => {
      const { text, i } = linesAt(where);
      const record = JSON.parse(text[i] ?? '') as Record<string, unknown>;
      fc.pre(record.kind === 'intent' && record.decision !== decision);
      const all = lines.map((file) => [...file]);
      (all[where.file] ?? [])[i] = (text[i] ?? '').replace(/"decision":"\w+"/, `"decision":"${decision}"`);
      let prev = digestOf('');
      const chained = all.map((file) =>
        joined(
          file.map((line) => {
            const again = line.replace(/"prev":"sha256:[0-9a-f]{64}"/, `"prev":"${prev}"`);
            prev = linkTo(leafHash(`\0${again}`));
            return again;
          }),
        ),
      );
      const report = verify(chained);
      expect(codesOf(report)).toContain('signature');
    });
  });

  test('what was cut off at the end, by a checkpoint that was kept elsewhere', () => {
    const whole = Buffer.concat(files);
    const covered = lines.flat().slice(0, last.checkpoint.size);
    const least = Buffer.byteLength(covered.map((line) => `${line}\n`).join(''));
    holds(fc.nat(least - 1), (length) => {
      let left = length;
      const cut = files.map((file) => {
        const part = file.subarray(0, Math.max(0, left));
        left -= file.length;
        return part;
      });
      expect(isFound(verify(cut, [last]))).toBe(true);
      expect(
        isFound(
          verify(
            cut.filter(({ length }) => length > 0),
            [last],
          ),
        ),
      ).toBe(true);
    });
    expect(whole.length).toBeGreaterThan(least);
  });

  test('another history under our own key, by a checkpoint of the first', () => {
    const again = { folder: join(scratch, '../again'), keys: ours.keys };
    write(again, 6);
    const report = verified(again);
    // Only the first log's last key is left, and it is the first key of this one.
    expect(report.log?.verdict).toBe('intact');
    expect(codesOf(verified(again, keysOf(again), [last]))).toEqual(['checkpoint-mismatch']);
  });
});
