import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assess } from '../../src/assess/assess.ts';
import { loadOrganisation } from '../../src/config/organisation.ts';
import { loosenedEntries, overruledFindings } from '../../src/lint/config/locked.ts';
import { createLoader } from '../../src/manifest/load.ts';
import type { Agent } from '../../src/manifest/tree.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { folderWith, KNOWN, organisationIn, organisationOf } from './config.ts';

const CONFIG = 'stakes.config.yaml';

/** What a text becomes where these files are the configuration. */
function loadedWith(files: Record<string, string>, text: string, shown = 'a.agent.yaml') {
  const { completion } = organisationOf(files);
  return createLoader({ cwd: '/', root: '/', completion }).loadText(shown, text);
}

function agentWith(files: Record<string, string>, text: string, shown?: string): Agent {
  const loaded = loadedWith(files, text, shown);
  if (loaded.state !== 'ok') throw new Error(JSON.stringify(loaded.problems));
  const [agent] = loaded.value;
  if (!agent) throw new Error('there is none');
  return agent;
}

const givenIn = ({ given }: Agent) =>
  [...(given ?? [])].map(([pointer, at]) => `${pointer} ${at.place().file}:${at.place().line}`);

const DESK = 'schemaVersion: 1\nagent: { id: desk }\n';

describe('defaults', () => {
  const files = {
    [CONFIG]: `extends: ./base.yaml
defaults: { environment: staging, approvals: { expires: 1h } }
overrides:
  - { paths: [lab], defaults: { environment: prototype } }
`,
    'base.yaml': 'defaults: { owner: org, environment: production, approvals: { approvers: [oncall] } }\n',
  };
  const facts = ({ manifest }: Agent) => [manifest.agent.owner, manifest.agent.environment, manifest.approvals];

  test('fill in what is absent, field by field, with where they come from', () => {
    const agent = agentWith(files, `${DESK}tools: {}\n`);
    expect(facts(agent)).toEqual(['org', 'staging', { approvers: ['oncall'], expires: '1h' }]);
    expect(givenIn(agent)).toEqual([
      '/agent/owner base.yaml:1',
      '/agent/environment stakes.config.yaml:2',
      '/approvals/approvers base.yaml:1',
      '/approvals/expires stakes.config.yaml:2',
    ]);
  });

  test('never change what a manifest says, an empty list included', () => {
    const own = `schemaVersion: 1
agent: { id: desk, owner: me, environment: production }
approvals: { approvers: [], expires: 5m }
tools: {}
`;
    const agent = agentWith(files, own);
    expect(facts(agent)).toEqual(['me', 'production', { approvers: [], expires: '5m' }]);
    expect(givenIn(agent)).toEqual([]);
  });

  test('differ by path', () => {
    expect(facts(agentWith(files, `${DESK}tools: {}\n`, 'lab/x/a.agent.yaml'))[1]).toBe('prototype');
  });

  test('reach manifests that are written inside, and those in files of their own', () => {
    const root = folderWith({
      'top.agent.yaml': `${DESK}tools: {}
subagents:
  in: { manifest: { agent: { id: inner, owner: me }, tools: {} } }
  out: { manifest: ./lab/out.agent.yaml }
`,
      'lab/out.agent.yaml': 'schemaVersion: 1\nagent: { id: outer }\ntools: {}\n',
      ...files,
    });
    const loaded = loadOrganisation(CONFIG, { cwd: root, root, known: KNOWN });
    if (loaded.state !== 'ok') throw new Error('broken');
    const { completion } = loaded.value;
    const read = createLoader({ cwd: root, root, completion }).load('top.agent.yaml');
    if (read.state !== 'ok') throw new Error('broken');
    const { in: inner, out } = read.value[0]?.subagents ?? {};
    expect(inner && facts(inner).slice(0, 2)).toEqual(['me', 'staging']);
    expect(out && facts(out).slice(0, 2)).toEqual(['org', 'prototype']);
  });
});

test('a link to a manifest does not give it the settings of another path', () => {
  const root = folderWith({
    [CONFIG]: 'overrides:\n  - { paths: [lab], defaults: { environment: prototype } }\n',
    'prod/a.agent.yaml': `${DESK}tools: {}\n`,
    'lab/b.agent.yaml': `${DESK}tools: {}\n`,
  });
  symlinkSync(join(root, 'prod/a.agent.yaml'), join(root, 'lab/a.agent.yaml'));
  symlinkSync(root, join(root, 'again'));
  for (const cwd of [root, join(root, 'again')]) {
    const loaded = loadOrganisation(CONFIG, { cwd, root: cwd, known: KNOWN });
    if (loaded.state !== 'ok') throw new Error('broken');
    const loader = createLoader({ cwd, root: cwd, completion: loaded.value.completion });
    const environments = ['lab/a.agent.yaml', 'prod/a.agent.yaml', 'lab/b.agent.yaml'].map((file) => {
      const read = loader.load(file);
      return read.state === 'ok' && read.value[0]?.manifest.agent.environment;
    });
    expect(environments).toEqual([undefined, undefined, 'prototype']);
  }
});

describe('a catalogue', () => {
  const DATA = 'customers: { classification: regulated }\nhelp: { classification: public }\nnotes: {}\n';
  const files = { [CONFIG]: 'data: ./org/data.yaml\n', 'org/data.yaml': DATA };
  const READ = 'effect: read, egress: none, reversible: true';
  const text = (data: string, tools: string) => `${DESK}inputs: { untrusted: false }\n${data}tools:\n${tools}`;

  test('offers what tools name, and nothing else becomes part of a manifest', () => {
    const agent = agentWith(
      files,
      text('data: { own: { classification: internal } }\n', `  a/b: { ${READ}, data: [own, help] }\n`),
    );
    expect(agent.manifest.data).toEqual({ own: { classification: 'internal' }, help: { classification: 'public' } });
    expect(givenIn(agent)).toEqual(['/data/help org/data.yaml:2']);
  });

  test('says in the assessment that the organisation knows it', () => {
    const tool = `  a/b: { ${READ}, data: [customers] }\n`;
    const provenances = assess(agentWith(files, text('', tool))).trail.flatMap(({ because }) =>
      because
        .filter(({ pointer }) => pointer.startsWith('/data'))
        .map(({ pointer, provenance }) => [pointer, provenance]),
    );
    expect(provenances).toContainEqual(['/data/customers/classification', 'organisation']);
    const own = assess(agentWith(files, text('data: { customers: { classification: regulated } }\n', tool)));
    expect(JSON.stringify(own)).not.toContain('organisation');
  });

  test('a scope of the manifest wins', () => {
    const agent = agentWith(
      files,
      text('data: { customers: { classification: public } }\n', `  a/b: { ${READ}, data: [customers] }\n`),
    );
    expect([agent.manifest.data, givenIn(agent)]).toEqual([{ customers: { classification: 'public' } }, []]);
  });

  test('never closes what is unknown behind a tool that names no data', () => {
    const tools = (second: string) => `  a/b: { ${READ}, data: [help] }\n  a/c: { ${READ}${second} }\n`;
    const open = assess(agentWith(files, text('', tools(''))));
    expect([open.tier, open.floor]).toEqual([
      assess(agentWith({ [CONFIG]: '{}\n' }, text('', `  a/c: { ${READ} }\n`))).tier,
      'light',
    ]);
    expect(open.tier).not.toBe('light');
    expect(open.questions.map(({ pointer }) => pointer)).toContain('/data');
    expect(assess(agentWith(files, text('', tools(', data: [help]')))).tier).toBe('light');
    // A map of its own says that there is nothing else; what is borrowed is reached as well.
    const stated = assess(agentWith(files, text('data: {}\n', tools(''))));
    expect([stated.tier, stated.questions]).toEqual(['light', []]);
  });

  test('a scope that the organisation has not classed stays a question', () => {
    const { questions, tier } = assess(agentWith(files, text('', `  a/b: { ${READ}, data: [notes] }\n`)));
    expect(tier).not.toBe('light');
    expect(questions.map(({ pointer }) => pointer)).toEqual(['/data/notes/classification']);
  });

  test('gives no advice to change what the organisation says', () => {
    const { advice } = assess(agentWith(files, text('', `  a/b: { ${READ}, data: [customers] }\n`)));
    expect(JSON.stringify(advice)).not.toContain('/data/customers');
  });

  test('a name that nobody has is dangling still, and the nearest is offered', () => {
    const loaded = loadedWith(files, text('', `  a/b: { ${READ}, data: [custmers] }\n`));
    expect(loaded).toMatchObject({
      state: 'invalid',
      problems: [{ code: 'dangling-name', help: expect.stringContaining('customers') }],
    });
  });

  test('may be for some paths only, over the one for all', () => {
    const more = {
      [CONFIG]: 'data: ./all.yaml\noverrides:\n  - { paths: [lab], data: ./lab.yaml }\n',
      'all.yaml': 'x: { classification: regulated }\n',
      'lab.yaml': 'x: { classification: public }\ny: {}\n',
    };
    const manifest = text('', `  a/b: { ${READ}, data: [x] }\n`);
    expect(agentWith(more, manifest).manifest.data).toEqual({ x: { classification: 'regulated' } });
    expect(agentWith(more, manifest, 'lab/a.agent.yaml').manifest.data).toEqual({ x: { classification: 'public' } });
    expect(loadedWith(more, text('', `  a/b: { ${READ}, data: [y] }\n`)).state).toBe('invalid');
  });
});

describe('what is locked', () => {
  const files = {
    [CONFIG]: 'extends: acme-stakes\ndata: ./data.yaml\ntargets: { allowed: [srt, cedar] }\n',
    'data.yaml': 'customers: { classification: internal }\nfree: { classification: public }\n',
    'node_modules/acme-stakes/stakes.config.yaml':
      'data: ./scopes.yaml\nlocked: [data/customers, targets]\ntargets: { allowed: [srt, policy] }\n',
    'node_modules/acme-stakes/scopes.yaml':
      'customers: { classification: confidential, source: staging, categories: [pii] }\nfree: { classification: regulated }\n',
  };
  const text = (data: string) => `${DESK}${data}tools: { a/b: { effect: read, data: [customers, free] } }\n`;

  test('is raised by a manifest, and never lowered', () => {
    const scope = (own: string) =>
      agentWith(files, text(`data: { free: {}, customers: { ${own} } }\n`)).manifest.data?.customers;
    const held = { classification: 'confidential', source: 'staging', categories: ['pii'] };
    expect(scope('classification: public, source: synthetic, categories: []')).toEqual(held);
    expect(scope('')).toEqual(held);
    expect(scope('classification: regulated, source: production, categories: [phi]')).toEqual({
      classification: 'regulated',
      source: 'production',
      categories: ['phi', 'pii'],
    });
  });

  test('holds against a later catalogue, which may state the rest', () => {
    expect(agentWith(files, text('')).manifest.data).toEqual({
      customers: { classification: 'confidential', source: 'staging', categories: ['pii'] },
      free: { classification: 'public' },
    });
  });

  test('is told where somebody tries', () => {
    const organisation = organisationOf(files);
    expect(
      loosenedEntries(organisation).map(({ message, place }) => [message, `${place?.file}:${place?.line}`]),
    ).toEqual([
      [expect.stringMatching(/`targets` is locked by `node_modules.*does not allow `cedar`/), 'stakes.config.yaml:3'],
      [expect.stringContaining('`customers` is locked'), 'data.yaml:1'],
    ]);
    const agent = agentWith(
      files,
      text('data:\n  free: {}\n  customers: { classification: public, source: production }\n'),
    );
    expect(overruledFindings([agent])).toMatchObject([
      {
        rule: 'loosened-rule',
        severity: 'error',
        agent: 'desk',
        pointer: '/data/customers/classification',
        place: { line: 5 },
        related: [{ file: 'node_modules/acme-stakes/scopes.yaml' }],
      },
    ]);
  });

  test('leaves fewer targets to what extends it', () => {
    expect(organisationOf(files).allowed?.value).toEqual(['srt']);
    const free = { ...files, 'node_modules/acme-stakes/stakes.config.yaml': 'targets: { allowed: [srt] }\n' };
    expect(organisationOf(free).allowed?.value).toEqual(['srt', 'cedar']);
  });

  test('has to be there', () => {
    expect(
      organisationIn({
        'repo/stakes.config.yaml': 'locked: [data/custmers]\ndata: ./d.yaml\n',
        'repo/d.yaml': 'customers: {}\n',
      }),
    ).toMatchObject({
      state: 'invalid',
      problems: [{ code: 'dangling-name', help: 'did you mean `customers`?', place: { line: 1, column: 10 } }],
    });
  });
});

describe('a catalogue is checked', () => {
  test.each<[what: string, files: Record<string, string>, problem: object]>([
    [
      'a mistyped key',
      { 'd.yaml': 'a:\n  clasification: public\n' },
      { code: 'unknown-key', place: { file: 'd.yaml', line: 2 } },
    ],
    ['a list', { 'd.yaml': '- a\n' }, { code: 'wrong-type', place: { file: 'd.yaml', line: 1 } }],
    [
      'two documents',
      { 'd.yaml': 'a: {}\n---\nb: {}\n' },
      { code: 'too-many-documents', place: { file: 'd.yaml', line: 3 } },
    ],
    ['none', {}, { code: 'missing-file', place: { file: CONFIG, line: 1 } }],
    ['no text', { 'd.yaml': '' }, { code: 'empty-file' }],
  ])('%s', (_, files, problem) => {
    const made = Object.fromEntries(Object.entries(files).map(([name, text]) => [`repo/${name}`, text]));
    expect(organisationIn({ ...made, [`repo/${CONFIG}`]: 'data: ./d.yaml\n' })).toMatchObject({ problems: [problem] });
  });

  test.each(['../out.yaml', './link.yaml', '/etc/passwd'])('and not read from outside of the project: %s', (path) => {
    const folder = folderWith({ 'out.yaml': 'a: {}\n', [`repo/${CONFIG}`]: `data: ${path}\n` });
    symlinkSync(join(folder, 'out.yaml'), join(folder, 'repo/link.yaml'));
    const root = join(folder, 'repo');
    expect(loadOrganisation(CONFIG, { cwd: root, root, known: KNOWN })).toMatchObject({
      state: 'invalid',
      problems: [{ code: 'outside-root', place: { file: CONFIG } }],
    });
  });

  test('names of prototypes are refused or names', () => {
    const held = (data: string) => organisationIn({ [`repo/${CONFIG}`]: 'data: ./d.yaml\n', 'repo/d.yaml': data });
    expect(held('__proto__: {}\n')).toMatchObject({ state: 'invalid', problems: [{ code: 'reserved-key' }] });
    const { completion, catalogue } = organisationOf({
      [CONFIG]: 'data: ./d.yaml\n',
      'd.yaml': 'constructor: { classification: regulated }\n',
    });
    expect(catalogue.find('toString', 'a')).toBeUndefined();
    const manifest: Manifest = { agent: { id: 'x' }, tools: { a: { data: ['constructor', 'toString'] } } };
    const { data = {} } = completion.complete(manifest, 'a').manifest;
    expect(Object.entries(data)).toEqual([['constructor', { classification: 'regulated' }]]);
    const bare: Manifest = { agent: { id: 'x' }, data: {}, tools: {} };
    expect(completion.complete(bare, 'a').manifest).toEqual(bare);
  });

  test('ten thousand scopes are found by name', () => {
    const scopes = Array.from({ length: 10_000 }, (_, i) => `s${i}: { classification: internal }\n`).join('');
    const { completion } = organisationOf({ [CONFIG]: 'data: ./d.yaml\n', 'd.yaml': scopes });
    const manifest: Manifest = { agent: { id: 'x' }, tools: { a: { data: ['s9999', 's0'] } } };
    const start = performance.now();
    for (let i = 0; i < 10_000; i++) completion.complete(manifest, `${i}.agent.yaml`);
    expect(Object.keys(completion.complete(manifest, 'a').manifest.data ?? {})).toEqual(['s9999', 's0']);
    // A walk over the catalogue for each of ten thousand manifests would take minutes.
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
