import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Control } from '../../src/model/controls.ts';
import { targets } from '../../src/targets/registry.generated.ts';
import { inRun, noted } from './noted.ts';

/** The caps by which a control is measured: one row for any of them is one that was seen to hold, or not to. */
const CAPS: Partial<Record<Control, readonly string[]>> = {
  'rate-limit': ['callsPerMinute', 'maxCallsPerDay'],
  'loop-limit': ['turnsPerSession', 'repeatsPerCall'],
  'spend-cap': ['usdPerSession', 'usdPerDay'],
  'token-budget': ['tokensPerSession'],
};

const onDisk = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => !path.includes('node_modules'))
  .map((path) => basename(path));

function capsOf(engine: string): Record<string, string>[] {
  return noted().flatMap((line) =>
    'row' in line && line.table === 'caps' && line.row.engine === engine ? [line.row] : [],
  );
}

const enforcing = targets.flatMap(({ id, enforces, proof }) =>
  enforces.flatMap((control) => {
    const caps = CAPS[control];
    return caps === undefined ? [] : [{ id, control, caps, proof }];
  }),
);

test('some targets enforce caps', () => {
  expect(enforcing.length).toBeGreaterThan(5);
});

describe.each(enforcing)('$id enforces $control', ({ id, control, caps, proof }) => {
  test('with a row in the table of caps, or a reason', () => {
    if (proof === 'schema-checked') {
      console.log(
        `no row for ${control} of ${id}: no engine of it runs here, its files are checked against its schema`,
      );
      return;
    }
    const file = `${id}.caps.test.ts`;
    expect(onDisk).toContain(file);
    if (!inRun.includes(file)) {
      console.log(`no row for ${control} of ${id}: ${file} is not in this run`);
      return;
    }
    // A limit that is no cap of this engine is a declared loss, and no number.
    const held = capsOf(id).filter(({ cap, beyond }) => caps.includes(cap ?? '') && Number(beyond) >= 0);
    expect(held).not.toEqual([]);
  });
});
