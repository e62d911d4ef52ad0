import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { DIRECTIONS, type LintView, SEVERITIES } from '../../src/model/finding.ts';
import { plainPaint } from '../../src/report/context.ts';
import { format } from '../../src/report/lint/sarif.ts';
import { at, clean, hostile, mixed, placeless, under, viewOf } from '../../src/report/lint.fixture.ts';
import { contextOf } from '../../src/report/marked-paint.fixture.ts';
import { artifactOf, plain, SECURITY_SEVERITY } from '../../src/report/sarif-words.ts';

// The schema is draft-04, whose `id` the validator would take for a mistake; nothing else in it differs.
const {
  id: _id,
  $schema: _draft,
  ...schema
} = JSON.parse(readFileSync('test/report/fixtures/sarif-2.1.0-rtm.5.json', 'utf8'));
/** RFC 3986: these characters, and a percent sign only before two digits. */
const URI = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;
const validate = new Ajv({
  strict: false,
  // One of its patterns is written for engines that forgive.
  unicodeRegExp: false,
  allErrors: true,
  formats: { uri: URI, 'uri-reference': URI, 'date-time': true },
}).compile(schema);

const print = (view: LintView) => JSON.parse(format(view, contextOf(plainPaint)));
const runOf = (view: LintView) => print(view).runs[0];
const resultsOf = (view: LintView) => runOf(view).results;

describe('SARIF', () => {
  test.each(Object.entries({ clean, mixed, hostile, placeless: viewOf([placeless]), nothing: viewOf([]) }))(
    'of the %s report follows the schema of 2.1.0',
    (_, view) => {
      expect(validate(print(view)), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    },
  );

  test('the schema refuses what is not SARIF', () => {
    const log = print(mixed);
    expect(validate({ ...log, version: '2.0.0' })).toBe(false);
    expect(validate({ ...log, runs: [{ ...log.runs[0], results: [{ message: 'x' }] }] })).toBe(false);
    log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = 'a b';
    expect(validate(log)).toBe(false);
  });

  test('has a result with its place, what explains it, and what stays the same when lines move', () => {
    const [result] = resultsOf(viewOf([under]));
    expect(result).toMatchObject({
      ruleId: 'ungated-high-stakes',
      ruleIndex: 0,
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'refund-desk.agent.yaml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 9, startColumn: 17, endLine: 9, endColumn: 22 },
          },
        },
      ],
      relatedLocations: [{ message: { text: 'actions land without review' } }],
      partialFingerprints: { 'stakes/v1': under.fingerprint },
    });
    expect(result.message.text).toContain('Help: set `access: ask`');
    expect(result.message.text).toContain('Tier: this alone holds the agent at full; fixed, medium-plus');
    expect(runOf(mixed).columnKind).toBe('unicodeCodePoints');
  });

  test('every result names a rule that is described, those of the files themselves too', () => {
    for (const view of [mixed, hostile]) {
      const { results, tool } = runOf(view);
      expect(results).toHaveLength(view.findings.length);
      for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
    }
  });

  test('describes its rules in words and in numbers that hosts sort by', () => {
    const [first, second] = runOf(mixed).tool.driver.rules;
    expect(first).toMatchObject({
      id: 'ungated-high-stakes',
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['security', 'under', 'OWASP Agentic ASI02'], 'security-severity': '8.0' },
    });
    expect(first.help.markdown).toContain('stakes explain ungated-high-stakes');
    expect(second.properties).not.toHaveProperty('security-severity');
    expect(second.properties.tags).toEqual(['over', 'OWASP Agentic ASI02']);
    for (const rule of runOf(hostile).tool.driver.rules) expect(rule.properties.tags.length).toBeLessThanOrEqual(20);
  });

  test('security severities are numbers that fall with the severity', () => {
    for (const direction of DIRECTIONS) {
      const values = SEVERITIES.map((severity) => SECURITY_SEVERITY[direction][severity]);
      if (values.every((value) => value === null)) continue;
      for (const value of values) expect(value).toMatch(/^(?:10|\d)\.\d$/);
      expect([...values].map(Number)).toEqual([...values].map(Number).sort((a, b) => a - b));
      expect(new Set(values).size).toBe(values.length);
    }
  });

  test('stays within what a host takes: the worst results are kept, and what is left out is said', () => {
    const many = Array.from({ length: 25_003 }, (_, index) => ({
      ...under,
      severity: index < 25_002 ? ('warning' as const) : ('error' as const),
      fingerprint: String(index),
      related: Array.from({ length: index === 25_002 ? 150 : 0 }, () => ({ ...placeless, message: 'there' })),
    }));
    const run = runOf(viewOf(many));
    expect(run.results).toHaveLength(25_000);
    expect(run.results[0]).toMatchObject({ level: 'error', partialFingerprints: { 'stakes/v1': '25002' } });
    expect(run.results[0].relatedLocations).toHaveLength(100);
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain('3 findings left out');
  });

  test('a run that was not whole is not a success', () => {
    const errors = [{ code: 'bad-config', message: 'not valid', file: 'stakes.yaml' }];
    expect(runOf(clean).invocations[0]).toEqual({ executionSuccessful: true, toolExecutionNotifications: [] });
    expect(runOf({ ...clean, errors }).invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error', descriptor: { id: 'bad-config' } }],
    });
  });

  test('paths become URIs, and brackets no links', () => {
    expect(artifactOf('a b/ä#?%.yaml')).toEqual({ uri: 'a%20b/%C3%A4%23%3F%25.yaml', uriBaseId: '%SRCROOT%' });
    expect(artifactOf('../x:y.yaml').uri).toBe('../x%3Ay.yaml');
    expect(artifactOf('/srv/a.yaml')).toEqual({ uri: 'file:///srv/a.yaml' });
    expect(artifactOf('C:/a/b.yaml')).toEqual({ uri: 'file:///C:/a/b.yaml' });
    expect(artifactOf('<stdin>').uri).toBe('%3Cstdin%3E');
    expect(artifactOf('\ud800').uri).toBe('%EF%BF%BD');
    expect(plain('see [x](1) \\')).toBe('see \\[x\\](1) \\\\');
    const [result] = resultsOf(viewOf([{ ...under, place: at(1, 1, 2, 'q r.yaml'), file: 'q r.yaml' }]));
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('q%20r.yaml');
  });
});
