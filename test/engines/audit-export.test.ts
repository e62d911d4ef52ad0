import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Installed, installed, ORIGIN } from './export-program.ts';

const CALLS = 2000;
let program: Installed;
beforeAll(() => {
  program = installed(CALLS);
});
afterAll(() => program.remove());

/** What a warehouse would be asked, over the file as it was exported. */
const QUESTION = (from: string) => `
  SELECT c.tool, c.decision, o.outcome, count(*)::INT AS calls, sum(o.settled_usd)::DOUBLE AS usd,
         count(c.approver)::INT AS approved, min(c.seq)::INT AS first
  FROM ${from} c JOIN ${from} o ON o.intent = c.seq AND o.log = c.log
  WHERE c.kind = 'intent' AND c.log = '${ORIGIN}' GROUP BY ALL ORDER BY ALL`;

async function answerOf(from: string): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(QUESTION(from))).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function exported(format: string): Promise<string> {
  const { code, err } = await program.run(['audit', 'export', 'log', '-f', format, '-o', `r.${format}`, '--force']);
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(err).toContain(`${CALLS * 2} records exported`);
  return join(program.folder, `r.${format}`).replaceAll("'", "''");
}

test('DuckDB reads Parquet, CSV and newline JSON, and has the same answer from each', async () => {
  const parquet = await answerOf(`read_parquet('${await exported('parquet')}')`);
  expect(parquet).toEqual([
    {
      tool: 'kb/search',
      decision: 'allow',
      outcome: 'ok',
      calls: 800,
      usd: 200,
      approved: 0,
      first: expect.any(Number),
    },
    {
      tool: 'kb/search',
      decision: 'deny',
      outcome: 'refused',
      calls: 200,
      usd: 0,
      approved: 0,
      first: expect.any(Number),
    },
    {
      tool: 'stripe/create_refund',
      decision: 'allow',
      outcome: 'ok',
      calls: 600,
      usd: 150,
      approved: 0,
      first: expect.any(Number),
    },
    {
      tool: 'stripe/create_refund',
      decision: 'ask',
      outcome: 'ok',
      calls: 200,
      usd: 50,
      approved: 200,
      first: expect.any(Number),
    },
    {
      tool: 'stripe/create_refund',
      decision: 'deny',
      outcome: 'refused',
      calls: 200,
      usd: 0,
      approved: 0,
      first: expect.any(Number),
    },
  ]);
  expect(await answerOf(`read_csv('${await exported('csv')}', header = true)`)).toEqual(parquet);
  expect(await answerOf(`read_json('${await exported('ndjson')}', format = 'newline_delimited')`)).toEqual(parquet);
});

test('in Parquet times are times, numbers are numbers, and text is as it was', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const from = `read_parquet('${await exported('parquet')}')`;
  const types = (await connection.runAndReadAll(`DESCRIBE SELECT seq, time, agent, waited_seconds FROM ${from}`))
    .getRowObjectsJson()
    .map(({ column_type: type }) => type);
  expect(types).toEqual(['BIGINT', expect.stringMatching(/^TIMESTAMP/), 'VARCHAR', 'DOUBLE']);
  const [row] = (
    await connection.runAndReadAll(
      `SELECT reason, approval_reason, fields, json_extract(fields::JSON, '$."/amount"')::INT AS amount FROM ${from} WHERE answer IS NOT NULL ORDER BY seq LIMIT 1`,
    )
  ).getRowObjectsJson();
  expect(row).toEqual({
    reason: 'a reason,\nwith a "line" of its own',
    approval_reason: 'é, "so"',
    fields: '{"/amount":1}',
    amount: 1,
  });
  connection.closeSync();
  instance.closeSync();
});
