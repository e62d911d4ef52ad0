import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, run } from '../cli/fake-io.ts';

const letters = 'q7Zk2mX9vB4nT8cR1wL6yH3jD5sF0gPa';
// Put together here, so that no scanner takes this file for a leak.
const SECRETS: Record<string, string> = {
  stripe: `sk_${'live'}_51${letters}`,
  anthropic: `sk-${'ant'}-api03-${letters}-AA`,
  github: `gh${'p'}_${letters}wXyZ`,
  slack: `xox${'b'}-123456789012-${letters}`,
  aws: `AK${'IA'}ABCDEFGHIJKLMNOP`,
  jwt: `ey${'J'}hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${letters}`,
  url: `postgres://app:${letters}@db.example.com/x`,
  npm: `npm${'_'}${letters}abcd`,
};
/** What must never be seen: the part of each that nothing else holds. */
const KEPT: Record<string, string> = { aws: 'ABCDEFGHIJKLMNOP' };
const coreOf = (kind: string) => KEPT[kind] ?? letters;

/** Manifests with the secret in one place each, most of them with a fault on the same line. */
const PLACES: Record<string, (secret: string) => string> = {
  'a wrong value': (s) => `concern: "${s}"\ntools: {}\n`,
  'a wrong type': (s) => `tools: { a: { reversible: "${s}" } }\n`,
  'an unknown key': (s) => `tools: {}\n"${s}": 1\n`,
  'a key given twice': (s) => `tools: {}\nmcpServers: { s: { env: {}, "${s}": 1, "${s}": 2 } }\n`,
  'a tag': (s) => `tools: {}\nconcern: !<${s}> cost\n`,
  'an anchor nobody made': (s) => `tools: {}\nconcern: *${s.replace(/[/:@.]/g, '')}\n`,
  'a data scope nobody named': (s) => `tools: { a: { data: ["${s}"] } }\n`,
  'a pattern that is none': (s) =>
    `tools: { a: { arguments: { type: object, properties: { x: { pattern: "(${s}" } } } } }\n`,
  'a path to nothing': (s) => `tools: {}\nsubagents: { b: { manifest: "./${s}.yaml" } }\n`,
  'a duplicate entry': (s) => `tools: { a: { scopes: ["${s}", "${s}"] } }\n`,
  'broken YAML': (s) => `tools: {}\nmcpServers: { s: { env: { X: ${s} } }\n`,
  'a comment beside a fault': (s) => `tools: { a: reed } # ${s}\n`,
  'a name': (s) => `tools: {}\nmodels: [{ provider: "${s}", id: "${s}" }]\n`,
  'a reason': (s) => `tools: { a: { effect: write, because: "it uses ${s}" } }\n`,
  'a tool': (s) => `tools: { "x/${s.replace(/\s/g, '')}": { effect: write } }\n`,
  'an enum': (s) => `tools: { a: { arguments: { type: object, properties: { k: { enum: ["${s}"] } } } } }\n`,
  'a scope': (s) => `tools: { a: { scopes: ["${s}"] } }\n`,
  'an approver': (s) => `tools: { a: { access: ask } }\napprovals: { approvers: ["${s}"] }\n`,
  'a path': (s) => `tools: {}\nfilesystem: { read: ["${s}"] }\n`,
  'an argument of a server': (s) => `tools: {}\nmcpServers: { s: { command: x, args: ["--key=${s}"] } }\n`,
  'a header': (s) => `tools: {}\nmcpServers: { s: { url: "https://x", headers: { X-Own: "Bearer ${s}" } } }\n`,
  'an address': (s) => `tools: {}\nmcpServers: { s: { url: "https://x/?q=${s}" } }\n`,
  'a working folder': (s) => `tools: {}\nmcpServers: { s: { command: x, cwd: "${s}" } }\n`,
  'a setting': (s) => `tools: {}\nmcpServers: { s: { command: x, env: { PLAIN: "${s}" } } }\n`,
  'the evidence of a control': (s) => `tools: {}\ncontrols: { sandbox: { by: x, evidence: "${s}" } }\n`,
  'an inline subagent': (s) =>
    `tools: {}\nsubagents: { b: { manifest: { agent: { id: b, name: "${s}" }, tools: {} } } }\n`,
};

const cases = Object.keys(PLACES)
  .flatMap((place) => Object.keys(SECRETS).map((kind) => [place, kind] as const))
  .filter(
    // The name of an anchor cannot hold what these are known by.
    ([place, kind]) => place !== 'an anchor nobody made' || (kind !== 'url' && kind !== 'jwt'),
  );

test.each(cases)('%s: %s', async (place, kind) => {
  const body = PLACES[place]?.(SECRETS[kind] ?? '') ?? '';
  const folder = folderWith({ 'a.agent.yaml': `schemaVersion: 1\nagent: { id: a, owner: me }\n${body}` });
  const core = coreOf(kind);
  for (const argv of [
    [],
    ['assess'],
    ['assess', '-f', 'json'],
    ['assess', '-f', 'markdown'],
    ['assess', '--color', 'always'],
    ['generate', '-f', 'json'],
    ['generate'],
  ]) {
    const { out, err, code } = await run(folder, argv);
    expect(code).not.toBe(4);
    expect(out + err).not.toContain(core);
    if (argv.includes('json')) JSON.parse(out);
  }
  for (const path of filesBelow(join(folder, '.stakes'))) expect(readFileSync(path, 'utf8'), path).not.toContain(core);
  const generated = filesBelow(join(folder, '.stakes')).length > 0;
  expect(generated).toBe(place === 'a setting');
});

test('a setting becomes a reference to its own name, by its shape or by the name', async () => {
  const env = `{ PLAIN: "${SECRETS.stripe}", API_TOKEN: hunter2, DB: "postgres://u:hunter2@h", MODE: fast, REF_TOKEN: "\${REF_TOKEN}" }`;
  const folder = folderWith({
    'a.agent.yaml': `schemaVersion: 1\nagent: { id: a }\ntools: {}\nmcpServers: { s: { command: x, env: ${env} } }\n`,
  });
  expect((await run(folder, ['generate'])).code).toBe(0);
  const policy = JSON.parse(readFileSync(join(folder, '.stakes/a/policy.json'), 'utf8')) as {
    agents: { a: { servers: { s: { env: unknown } } } };
  };
  expect(policy.agents.a.servers.s.env).toEqual({
    PLAIN: '${PLAIN}',
    API_TOKEN: '${API_TOKEN}',
    DB: '${DB}',
    MODE: 'fast',
    REF_TOKEN: '${REF_TOKEN}',
  });
});

test.each([
  'args: [--token, hunter2hunter2]',
  'args: [--api-key=hunter2hunter2]',
  'args: ["-password", hunter2hunter2]',
  'url: "https://x", headers: { Authorization: "Bearer hunter2hunter2" }',
  'url: "https://x", headers: { X-Api-Key: hunter2hunter2 }',
  'url: "https://x?access_token=hunter2hunter2"',
])('a secret by the words around it: %s', async (lines) => {
  const folder = folderWith({
    'a.agent.yaml': `schemaVersion: 1\nagent: { id: a }\ntools: {}\nmcpServers: { s: { command: x, ${lines} } }\n`,
  });
  const { code, err } = await run(folder, ['generate']);
  expect(code).toBe(2);
  expect(err).toContain('error[literal-secret]: this holds a secret in the clear');
  expect(err).not.toContain('hunter2');
  const harmless = lines.replace(/"?(--api-key=|Bearer |https:.*=)?hunter2hunter2"?/, '"$1${KEPT}"');
  const other = folderWith({
    'a.agent.yaml': `schemaVersion: 1\nagent: { id: a }\ntools: {}\nmcpServers: { s: { command: x, ${harmless} } }\n`,
  });
  expect((await run(other, ['generate'])).code).toBe(0);
});

test('a frame covers the value beside the fault when its name betrays it', async () => {
  const folder = folderWith({
    'a.agent.yaml':
      'schemaVersion: 1\nagent: { id: a }\ntools: {}\nmcpServers: { s: { comand: 1, command: 2, env: { API_TOKEN: hunter2, "DB_PASSWORD": "a b c", REF_TOKEN: "${REF_TOKEN}" } } }\n',
  });
  const { out } = await run(folder, ['assess'], { columns: 200 });
  expect(out).toContain('API_TOKEN: *******, "DB_PASSWORD": ** * **, REF_TOKEN: "${REF_TOKEN}"');
});

test('what is marked as a secret is covered, whatever it looks like', async () => {
  const folder = folderWith({
    'a.agent.yaml': `schemaVersion: 1\nagent: { id: a }\ntools: {}\nmcpServers:\n  s:\n    command: x\n    args:\n      - --token\n      - hunter2\n`,
  });
  const { code, err } = await run(folder, ['generate']);
  expect(code).toBe(2);
  expect(err).toContain('9 |       - *******');
});

test('no line of a private key is shown', async () => {
  const body = ['MIIEpAIBAAKCAQEA1234567890abcdef', 'secretsecretsecretsecretsecret12', 'AAAABBBBCCCCDDDD'];
  const text = [
    'schemaVersion: 1',
    'agent: { id: a }',
    'tools: {}',
    `mcpServers: { s: { command: x, args: [`,
    `-----BEGIN RSA ${'PRIVATE'} KEY-----`,
    ...body.map((line) => `"${line}`),
    `-----END RSA ${'PRIVATE'} KEY-----`,
    '',
  ];
  for (const file of [text, text.map((line) => line.replace('"', '')), text.map((line) => line.replace(/^"/, '- '))]) {
    const folder = folderWith({ 'a.agent.yaml': file.join('\n') });
    const { out, code } = await run(folder, ['assess']);
    expect(code).toBe(2);
    for (const line of body) expect(out).not.toContain(line);
  }
});

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}
