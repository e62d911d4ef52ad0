import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../src/cli/exit.ts';
import { explanations } from '../../src/cli/explanations.ts';
import { ruleMetas } from '../../src/cli/rule-explanations.ts';
import { CONTROLS } from '../../src/model/controls.ts';
import { DIRECTIONS } from '../../src/model/finding.ts';
import { QUESTIONS } from '../../src/model/questions.ts';
import { TIERS } from '../../src/model/tiers.ts';
import { explainSchema, rulesSchema } from '../../src/schema/explain.ts';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { targets } from '../../src/targets/registry.generated.ts';
import { folderWith, run } from './fake-io.ts';

const stakes = (...argv: string[]) => run(folderWith(), argv);
const FORMATS = ['human', 'json', 'markdown'] as const;
const ids = [...CONTROLS, ...TIERS, ...QUESTIONS, ...targets.map(({ id }) => id), ...ruleMetas().map(({ id }) => id)];
const validators = new Map(
  [explainSchema, rulesSchema].map((schema) => [schema, new Ajv({ allErrors: true }).compile(schema)]),
);
const follows = (schema: JsonSchema, text: string) => {
  const validate = validators.get(schema);
  if (validate === undefined) throw new Error('no such schema');
  expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
};

describe('stakes explain', () => {
  test.each(FORMATS)('explains everything that has an id, as %s', async (format) => {
    for (const id of ids) {
      const { code, out, err } = await stakes('explain', id, '-f', format);
      expect([code, err], id).toEqual([EXIT.clean, '']);
      expect(out, id).toContain(id);
      expect(out, id).not.toMatch(/\bundefined\b|\[object/);
      if (format === 'json') follows(explainSchema, out);
    }
  });

  test('keeps to 80 columns, but for manifests and words that are longer', async () => {
    for (const id of ids) {
      for (const line of (await stakes('explain', id)).out.split('\n')) {
        if (!line.trim().includes(' ')) continue;
        if (!line.startsWith('      ') || line.startsWith('               '))
          expect([...line].length, line).toBeLessThanOrEqual(80);
      }
    }
  });

  test('has names of facts that fit their column', () => {
    const names = explanations().flatMap(({ facts }) => facts.map(({ name }) => name));
    expect(names.filter((name) => name.length > 11)).toEqual([]);
  });

  test('tells of a rule what, why and where, with manifests that have it and have not', async () => {
    const { out } = await stakes('explain', 'invalid-file');
    expect(out).toMatchInlineSnapshot(`
      "invalid-file  rule
      a file cannot be read as a manifest

          direction    shape: the file itself
          severity     error
          since        0.2.0
          why          what cannot be read cannot be assessed, so nothing is known of
                       this agent
      "
    `);
    const rule = (await stakes('explain', 'ungated-high-stakes')).out;
    expect(rule).toContain('under: too little control');
    expect(rule).toMatch(/ {2}found at `\/tools\/[^`]+`.*:\n {6}schemaVersion: 1\n/);
    expect(rule).toContain('  nothing found:\n      schemaVersion: 1\n');
  });

  test('tells of a tier which controls it takes', async () => {
    expect((await stakes('explain', 'light')).out).toMatchInlineSnapshot(`
      "light  tier
      reads public data only: a hard sandbox, a rate limit and a token budget are
      enough

          name         Light
          required     sandbox, rate-limit, token-budget
          required     spend-cap, loop-limit with subagents, without a person to start
                       it, or with \`concern: cost\`
          optional     scoped-tokens, audit-log, deny-by-default, egress-allowlist
          too much     approval-gates, signed-audit
      "
    `);
  });

  test('tells of a control which tiers take it', async () => {
    expect((await stakes('explain', 'approval-gates')).out).toMatchInlineSnapshot(`
      "approval-gates  control
      a person approves the call before it runs

          shown by     \`access: ask\` or \`autonomy.review\` for every high-stakes tool
                       (at full: if not bounded), with \`approvals.approvers\` or a
                       person who starts it
          light        too much
          medium       too much above 20 gated calls a day
          medium-plus  required
          full         required
      "
    `);
  });

  test('tells of a question and of a target', async () => {
    expect((await stakes('explain', 'reversible')).out).toMatchInlineSnapshot(`
      "reversible  question
      is every action reversible and low-impact, on unregulated data, with no
      disclosure path?

          asked as     2 of 3
          stops at     yes → medium
      "
    `);
    expect((await stakes('explain', 'cedar')).out).toContain('against the real engine');
  });

  test('takes a rule as a report prints it', async () => {
    const { out } = await stakes('explain', 'invalid-file');
    for (const pasted of ['error[invalid-file]', 'error[invalid-file]:', 'Invalid-File'])
      expect((await stakes('explain', pasted)).out).toBe(out);
  });

  test.each(FORMATS)('lists what there is, as %s', async (format) => {
    const { code, out } = await stakes('explain', '-f', format);
    expect(code).toBe(EXIT.clean);
    for (const id of ids) expect(out).toContain(id);
    if (format === 'json') follows(explainSchema, out);
    else
      for (const line of out.split('\n'))
        if (format === 'human') expect([...line].length, line).toBeLessThanOrEqual(80);
  });

  test('asks what was meant where nothing is called so', async () => {
    for (const format of FORMATS) {
      const { code, out, err } = await stakes('explain', 'medum', '-f', format);
      expect(code).toBe(EXIT.usage);
      expect(`${out}${err}`).toContain('did you mean `medium`?');
      if (format === 'json') follows(explainSchema, out);
      else expect(out).toBe('');
    }
    const { err } = await stakes('explain', '\u001b[31m\nxyzzy');
    expect(err).toContain('`stakes explain` lists what can be explained');
    expect(err).not.toContain('\u001b');
    expect((await stakes('explain', '')).code).toBe(EXIT.usage);
  });

  test('no two things of one kind share an id', () => {
    const names = explanations().map(({ kind, id }) => `${kind} ${id}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('stakes rules', () => {
  test.each(FORMATS)('lists every rule, as %s', async (format) => {
    const { code, out } = await stakes('rules', '-f', format);
    expect(code).toBe(EXIT.clean);
    for (const { id } of ruleMetas()) expect(out).toContain(id);
    if (format === 'json') follows(rulesSchema, out);
    if (format === 'human') for (const line of out.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(80);
  });

  test('lists those of a direction', async () => {
    for (const direction of DIRECTIONS) {
      const { rules } = JSON.parse((await stakes('rules', '-f', 'json', '--direction', direction)).out);
      expect(rules).toEqual(ruleMetas().filter((rule) => rule.direction === direction));
    }
    const both = JSON.parse((await stakes('rules', '-f', 'json', '--direction', 'over', '--direction', 'shape')).out);
    expect(both.rules).toEqual(ruleMetas().filter(({ direction }) => direction === 'over' || direction === 'shape'));
    expect((await stakes('rules', '--direction', 'sideways')).code).toBe(EXIT.usage);
  });
});

describe('docs/rules', () => {
  test('has a page for each rule and no other', () => {
    const pages = [...ruleMetas().map(({ id }) => `${id}.md`), 'README.md'].sort();
    expect(readdirSync('docs/rules').sort()).toEqual(pages);
    for (const { id, title } of ruleMetas()) {
      expect(readFileSync(`docs/rules/${id}.md`, 'utf8')).toContain(`# \`${id}\``);
      expect(title).not.toMatch(/[|\n]/);
    }
    const linked = [...readFileSync('README.md', 'utf8').matchAll(/\]\(docs\/rules\/([^)]+)\)/g)].map(
      ([, page]) => page,
    );
    expect([...linked, 'README.md'].sort()).toEqual(pages);
  });
});
