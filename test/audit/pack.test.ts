import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { frameworks } from '../../src/audit/pack/frameworks/registry.generated.ts';
import { lineSecrets } from '../../src/audit/pack/line-secret.ts';
import { type AuditPackReport, EVIDENCE } from '../../src/model/audit-pack.ts';
import { rules } from '../../src/rules/registry.generated.ts';
import { folderWith, run } from '../cli/fake-io.ts';
import { linesIn } from './audit.fixture.ts';
import { callsOf, contentOf, type Desk, LOG, REFUND_DESK, refundDesk, WHEN } from './pack.fixture.ts';

const pack = ({ cwd, env }: Pick<Desk, 'cwd' | 'env'>, ...args: string[]) =>
  run(cwd, ['audit', 'pack', ...WHEN, ...args], { env });
const indexOf = (cwd: string, folder = 'audit-pack') =>
  JSON.parse(readFileSync(join(cwd, folder, 'index.json'), 'utf8')) as AuditPackReport;
const stateOf = ({ evidence }: AuditPackReport) => Object.fromEntries(evidence.map(({ kind, state }) => [kind, state]));
const check = (folder: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync('sh', [join(folder, 'verify.sh'), ...args], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
};
const SECRET = `sk_live_${'a1b2c3d4'.repeat(3)}`;

test('one folder with everything that was found, and what was not', async () => {
  const desk = await refundDesk();
  const { code, out, err } = await pack(desk);
  expect([code, err]).toEqual([0, 'wrote `audit-pack`; check it anywhere: `sh audit-pack/verify.sh`\n']);
  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  const index = indexOf(desk.cwd);
  expect(stateOf(index)).toEqual({
    assessment: 'complete',
    policies: 'complete',
    proofs: 'missing',
    records: 'complete',
    verification: 'complete',
    approvals: 'complete',
    metrics: 'complete',
  });
  expect(index.agents).toEqual([{ agent: 'refund-desk', file: 'refund-desk.agent.yaml', tier: 'medium-plus' }]);
  expect(index.policies).toMatchObject([{ digest: desk.policy, state: 'packed', calls: 46, agents: ['refund-desk'] }]);
  expect(index.approvers).toEqual([
    { by: 'ana', approved: 11, denied: 5, expired: 0, tools: ['stripe/create_refund'] },
  ]);
  expect(index.logs).toMatchObject([{ log: LOG, verdict: 'intact', calls: 46 }]);
  expect(index.logs[0]?.earlier).toBeGreaterThan(0);
  expect(index.signedBy).toEqual(index.logs[0]?.keys);
  const content = contentOf(join(desk.cwd, 'audit-pack'));
  expect(content[`policies/${desk.policy.slice(7)}.json`]).toBe(
    readFileSync(join(desk.cwd, '.stakes/refund-desk/policy.json'), 'latin1'),
  );
  expect(content['approvals.csv']?.split('\n').length).toBe(1 + 16 + 1);
  expect(content['INDEX.md']).toContain('It is no certification');
  expect(content['README.md']).toContain('sh verify.sh -k theirs.pub');
  // Nothing is named that is not there, and nothing is there that is not named.
  const named = index.evidence.flatMap(({ files }) => files);
  for (const file of named) expect(Object.keys(content)).toContain(file);
  for (const [, file = ''] of (content['INDEX.md'] ?? '').matchAll(/\]\(([^):]+)\)/g))
    expect(Object.keys(content)).toContain(file);
  if (process.platform !== 'win32') expect(statSync(join(desk.cwd, 'audit-pack')).mode & 0o777).toBe(0o700);
});

test('the index fits its schema, and -f prints the same', async () => {
  const validate = new Ajv({ strict: true, strictTypes: false, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync('schemas/audit-pack.schema.json', 'utf8')),
  );
  const desk = await refundDesk(60);
  const { out } = await pack(desk, '-f', 'json');
  expect(out).toBe(readFileSync(join(desk.cwd, 'audit-pack/index.json'), 'utf8'));
  expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
  expect((await pack(desk, '-f', 'markdown')).out).toBe(readFileSync(join(desk.cwd, 'audit-pack/INDEX.md'), 'utf8'));
});

test('the same inputs and period give the same bytes, also when the log has grown since', async () => {
  const desk = await refundDesk(80);
  await pack(desk);
  const first = contentOf(join(desk.cwd, 'audit-pack'));
  await pack(desk);
  expect(contentOf(join(desk.cwd, 'audit-pack'))).toEqual(first);
  callsOf(desk, 20, { from: 80 });
  await pack(desk, '-o', 'again');
  expect(contentOf(join(desk.cwd, 'again'))).toEqual(first);
});

test('what was proven, on which engine, when, and for which policy', async () => {
  const desk = await refundDesk(60);
  const proof = (policy: string | null, state: string) => ({
    schema: 'stakes/proof@1',
    date: '2026-11-02',
    platform: 'linux x64',
    results: [
      {
        file: 'refund-desk.agent.yaml',
        agent: 'refund-desk',
        folder: '.stakes/refund-desk',
        ...(policy === null ? {} : { policy }),
        engines: [
          {
            target: 'cedar',
            title: 'Cedar',
            engine: 'cedar',
            way: '',
            state,
            version: '4.5',
            path: SECRET,
            reason: '',
            install: '',
            probes: [],
          },
        ],
      },
    ],
    errors: [],
  });
  const give = async (policy: string | null, state: string) => {
    writeFileSync(join(desk.cwd, 'proof.json'), JSON.stringify(proof(policy, state)));
    await pack(desk, '--proof', 'proof.json');
    return indexOf(desk.cwd);
  };
  const whole = await give(desk.policy, 'proven');
  expect(stateOf(whole).proofs).toBe('complete');
  expect(whole.proofs).toEqual([
    {
      file: 'proofs/proof-1.json',
      date: '2026-11-02',
      agent: 'refund-desk',
      target: 'cedar',
      engine: 'Cedar',
      version: '4.5',
      state: 'proven',
      policy: desk.policy,
    },
  ]);
  expect(contentOf(join(desk.cwd, 'audit-pack'))['proofs/proof-1.json']).not.toContain(SECRET);
  expect(stateOf(await give(null, 'proven')).proofs).toBe('partial');
  expect(stateOf(await give(`sha256:${'0'.repeat(64)}`, 'proven')).proofs).toBe('partial');
  expect(stateOf(await give(desk.policy, 'failed')).proofs).toBe('missing');
  for (const text of ['x', '{}', '{"schema":"stakes/proof@1","results":[{}]}']) {
    writeFileSync(join(desk.cwd, 'proof.json'), text);
    const { code, err } = await pack(desk, '--proof', 'proof.json');
    expect([code, err.includes('error[not-a-proof]')]).toEqual([2, true]);
  }
});

test('a policy that records name and nobody gave is named as missing; --policy brings it', async () => {
  const desk = await refundDesk(60);
  const file = join(desk.cwd, '.stakes/refund-desk/policy.json');
  cpSync(file, join(desk.cwd, 'old.json'));
  writeFileSync(file, readFileSync(file, 'utf8').replace('"usdPerDay": 25', '"usdPerDay": 20'));
  await pack(desk);
  expect(stateOf(indexOf(desk.cwd)).policies).toBe('partial');
  expect(indexOf(desk.cwd).policies).toContainEqual(
    expect.objectContaining({ digest: desk.policy, state: 'missing', file: null }),
  );
  expect(readFileSync(join(desk.cwd, 'audit-pack/INDEX.md'), 'utf8')).toContain('**not found**');
  await pack(desk, '--policy', 'old.json');
  expect(stateOf(indexOf(desk.cwd)).policies).toBe('complete');
});

test('no secret goes into a pack: not from a manifest, not from a policy, not from a record', async () => {
  const desk = await refundDesk(60);
  writeFileSync(
    join(desk.cwd, 'refund-desk.agent.yaml'),
    REFUND_DESK.replace('owner: payments-platform', `owner: ${SECRET}`),
  );
  const policy = join(desk.cwd, '.stakes/refund-desk/policy.json');
  writeFileSync(policy, readFileSync(policy, 'utf8').replace('"payments-platform"', `"${SECRET}"`));
  // What the writer covers is no secret any more; this is what another writer, or a hand, would leave.
  const lines = linesIn({ folder: desk.log, keys: '' });
  const names = Object.keys(contentOf(desk.log)).filter((name) => name.endsWith('.jsonl'));
  const last = join(desk.log, names.at(-1) ?? '');
  const line = lines.find((each) => each.includes('"kind":"intent"')) ?? '';
  appendFileSync(last, `${line.replace('"s-1"', `"${SECRET}"`)}\nAPI_TOKEN=hunter2hunter2\n`);
  const { code, out, err } = await pack(desk);
  expect(code).toBe(1);
  expect(out).toContain('withheld');
  expect(out + err).not.toContain(SECRET);
  const index = indexOf(desk.cwd);
  expect(index.withheld).toEqual([
    {
      file: `records/${LOG}/${names.at(-1)}`,
      because: expect.stringMatching(/^line \d+ holds what looks like a secret$/),
    },
  ]);
  expect(index.policies.some(({ state }) => state === 'redacted')).toBe(true);
  expect(stateOf(index)).toMatchObject({ policies: 'partial', records: 'partial', verification: 'missing' });
  for (const [name, text] of Object.entries(contentOf(join(desk.cwd, 'audit-pack')))) {
    expect(text.includes(SECRET), name).toBe(false);
    expect(text.includes('hunter2'), name).toBe(false);
  }
});

test('signatures, digests and keys are made of chance, and are looked at as what they are', () => {
  const secrets = lineSecrets();
  const isSecret = (line: string) => {
    try {
      return secrets(JSON.parse(line), line);
    } catch {
      return secrets(undefined, line);
    }
  };
  const digest = `sha256:${'a'.repeat(64)}`;
  const base = { kind: 'intent', prev: digest, policy: digest, arguments: digest };
  const says = (more: object) => isSecret(JSON.stringify({ ...base, ...more }));
  expect(says({})).toBe(false);
  expect(says({ reason: `with ${SECRET}` })).toBe(true);
  expect(says({ fields: { [`/${SECRET}`]: 1 } })).toBe(true);
  expect(says({ approval: { reason: SECRET } })).toBe(true);
  expect(says({ signature: `AIza${'A'.repeat(82)}==` })).toBe(false);
  expect(says({ signature: SECRET })).toBe(true);
  expect(says({ key: SECRET })).toBe(true);
  expect(says({ policy: SECRET })).toBe(true);
  expect(isSecret(JSON.stringify(SECRET))).toBe(true);
  expect(isSecret(`half of a line ${SECRET}`)).toBe(true);
});

test("nobody else's folder is written over, and an edited pack only with --force", async () => {
  const desk = await refundDesk(60);
  const at = (...path: string[]) => join(desk.cwd, ...path);
  mkdirSync(at('mine'));
  writeFileSync(at('mine/notes.txt'), 'mine');
  const refused = await pack(desk, '-o', 'mine', '--force');
  expect([refused.code, refused.err.includes('error[not-a-pack]')]).toEqual([2, true]);
  expect(contentOf(at('mine'))).toEqual({ 'notes.txt': 'mine' });
  writeFileSync(at('file'), 'x');
  symlinkSync(at('mine'), at('link'));
  for (const out of ['file', 'link'])
    expect((await pack(desk, '-o', out, '--force')).err).toContain('error[blocked-path]');
  mkdirSync(at('empty'));
  expect((await pack(desk, '-o', 'empty')).code).toBe(0);
  await pack(desk);
  appendFileSync(at('audit-pack/INDEX.md'), 'edited');
  expect((await pack(desk)).err).toContain('`audit-pack/INDEX.md` is not as it was packed');
  expect((await pack(desk, '--force')).code).toBe(0);
  writeFileSync(at('audit-pack/notes.txt'), 'mine');
  expect((await pack(desk, '--force')).err).toContain('which is of no earlier pack');
  expect(readFileSync(at('audit-pack/notes.txt'), 'utf8')).toBe('mine');
  // Nothing half-made is left beside it.
  expect(Object.keys(contentOf(desk.cwd)).filter((name) => name.includes('.tmp'))).toEqual([]);
});

test.each([
  [['--since', 'soon'], 'error[bad-time]'],
  [['--policy', 'nothing.json'], 'error[missing-file]'],
  [['--policy', 'refund-desk.agent.yaml'], 'error[not-json]'],
  [['--key', 'nothing.pub'], 'error[missing-file]'],
  [['nowhere'], 'error[missing-file]'],
])('%j: 2, and nothing is written', async (args, code) => {
  const desk = await refundDesk(5);
  const { code: exit, err } = await pack(desk, ...args);
  expect(exit).toBe(2);
  expect(err).toContain(code);
  expect(existsSync(join(desk.cwd, 'audit-pack'))).toBe(false);
});

test('nothing at all: 3, and nothing is written; records without a key: 3, and the pack says so', async () => {
  const cwd = folderWith();
  const none = await pack({ cwd, env: { XDG_STATE_HOME: join(cwd, 'state') } });
  expect([none.code, none.err]).toEqual([3, 'there are no records and no manifests here: nothing was written\n']);
  expect(existsSync(join(cwd, 'audit-pack'))).toBe(false);
  const desk = await refundDesk(60);
  cpSync(desk.log, join(desk.cwd, 'theirs'), { recursive: true });
  expect((await pack(desk, 'theirs')).code).toBe(3);
  expect(indexOf(desk.cwd)).toMatchObject({ logs: [{ verdict: 'unproven', keys: [] }], signedBy: [] });
  expect(check(join(desk.cwd, 'audit-pack')).said).toContain('no key that counts has signed it');
});

test('its own script holds what it says, and finds what was changed', async () => {
  const desk = await refundDesk(60);
  await pack(desk);
  const folder = join(desk.cwd, 'audit-pack');
  expect(check(folder)).toMatchObject({ status: 0, said: expect.stringContaining('Everything holds.') });
  const keys = join(desk.cwd, 'state/stakes/keys', LOG, 'signing.pub');
  expect(check(folder, '-k', keys).status).toBe(0);
  const note = join(folder, 'checkpoints', `${LOG}.txt`);
  expect(check(folder, '-c', note).said).toContain('the checkpoint that was kept is one of its own');
  const wrong = (change: (at: string) => void) => {
    const copy = join(desk.cwd, 'copy');
    cpSync(folder, copy, { recursive: true });
    change(copy);
    const { status, said } = check(copy);
    rmSync(copy, { recursive: true });
    expect(status).toBe(1);
    return said;
  };
  expect(wrong((at) => appendFileSync(join(at, 'metrics.md'), ' '))).toContain('metrics.md is not as it was packed');
  expect(wrong((at) => writeFileSync(join(at, 'records', LOG, 'more.txt'), 'x'))).toContain('is not in SHA256SUMS');
  expect(wrong((at) => rmSync(join(at, 'approvals.csv')))).toContain('approvals.csv is not here');
  expect(
    wrong((at) =>
      writeFileSync(
        join(at, 'SIGNATURE'),
        readFileSync(join(at, 'SIGNATURE'), 'utf8').replace(/sha256:../, 'sha256:00'),
      ),
    ),
  ).toContain('SIGNATURE is of other files');
});

test('the frameworks: parts once each, known evidence, sources, and every rule that names a part', () => {
  expect(frameworks.map(({ id, requirements }) => [id, requirements.length])).toEqual([
    ['nist-800-207', 7],
    ['owasp-agentic', 10],
    ['owasp-aisvs-c9', 34],
    ['soc2', 13],
  ]);
  for (const { url, date, requirements } of frameworks) {
    expect(url).toMatch(/^https:\/\//);
    expect(date).toMatch(/^\d{4}-\d\d(-\d\d)?$/);
    expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length);
    for (const { evidence, shows, leaves } of requirements) {
      for (const kind of evidence) expect(EVIDENCE).toContain(kind);
      expect(shows === '').toBe(evidence.length === 0);
      expect(leaves).not.toBe('');
    }
  }
  const named = rules.flatMap(({ sources = [] }) => sources.filter((source) => source.startsWith('OWASP Agentic ')));
  const agentic = frameworks.find(({ id }) => id === 'owasp-agentic');
  for (const source of named) expect(agentic?.requirements.map(({ id }) => `${agentic.source}${id}`)).toContain(source);
});
