import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { servers } from '../../src/catalog/servers.generated.ts';
import { toolFacts } from '../../src/catalog/tool-facts.ts';
import { inRange } from '../../src/catalog/versions.ts';
import type { CatalogServer } from '../../src/model/catalog.ts';
import { catalogSchema } from '../../src/schema/catalog.ts';

const FOLDER = 'src/catalog/servers';
const isServer = new Ajv({ strictTypes: false }).compile<CatalogServer>(catalogSchema);
const files = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(`${FOLDER}/${name}`, 'utf8') }));

describe.each(files)('$name', ({ name, text }) => {
  const server = JSON.parse(text) as CatalogServer;
  const tools = Object.keys(server.tools);

  test('is as the schema says', () => {
    expect([isServer(server), isServer.errors]).toEqual([true, null]);
    expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*\.json$/);
  });

  test('was looked at in a version that it holds for', () => {
    expect(inRange(server.seen, server.versions)).toBe(true);
    const isRead = server.checked.how === 'source' || server.versions !== server.seen;
    expect(!isRead || server.checked.source !== undefined, 'a source is named').toBe(true);
  });

  test('has its tools in order, each on a line and once', () => {
    expect(tools).toEqual([...tools].sort());
    expect(text.match(/^ {4}"/gm)?.length).toBe(tools.length);
  });

  test('names tools and says nothing in its makers’ words', () => {
    // Every string is a name, a word of the schema, or a place.
    const words = [server.title, ...tools];
    expect(words.filter((word) => word.length > 90 || /[.!?] |\s\S+\s\S+\s\S+\s/.test(word))).toEqual([]);
  });
});

test('no two files speak of one package or host', () => {
  const names = servers.flatMap(({ packages, hosts = [] }) => [...packages, ...hosts]);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  expect(servers.filter(({ packages, hosts = [] }) => packages.length + hosts.length === 0)).toEqual([]);
});

test('the module has what the files have', () => {
  const told = files.map(({ text }) => {
    const { $schema, ...server } = JSON.parse(text) as CatalogServer;
    return server;
  });
  expect(servers).toEqual(told);
});

describe('a file that is wrong is refused', () => {
  const [good] = servers;
  const spoiled = (tool: object) => isServer({ ...good, tools: { a: tool } });
  const read = { effect: 'read', sensitive: false, egress: 'none', confidence: 'high' };
  test.each([
    [{ ...read }, true],
    [{ ...read, effect: 'write' }, false],
    [{ ...read, effect: 'write', reversible: true, impact: 'low' }, true],
    [{ ...read, reversible: true }, false],
    [{ ...read, impact: 'low' }, false],
    [{ ...read, description: 'Reads everything' }, false],
    [{ ...read, egress: 'listed' }, false],
    [{ ...read, arbitrary: false }, false],
    [{ effect: 'read' }, false],
  ])('%j: %s', (tool, isRight) => {
    expect(spoiled(tool)).toBe(isRight);
  });

  test.each(['npm:UPPER', 'npm:a@1', 'left-pad', 'pypi:with_underscore'])('the package %s', (name) => {
    expect(isServer({ ...good, packages: [name] })).toBe(false);
  });

  test.each(['', '^1.2', '1.x', '>=1,<2', '>=1 || 3'])('the range `%s`', (versions) => {
    expect(isServer({ ...good, versions })).toBe(false);
  });
});

describe('facts', () => {
  test('that are not sure only raise', () => {
    const doubted = servers
      .flatMap(({ tools }) => Object.values(tools))
      .filter(({ confidence }) => confidence === 'low');
    expect(doubted.length).toBeGreaterThan(50);
    for (const tool of doubted) {
      const { effect, reversible, impact, egress } = toolFacts(tool);
      expect([undefined, 'write']).toContain(effect);
      expect([undefined, false]).toContain(reversible);
      expect([undefined, 'high']).toContain(impact);
      expect([undefined, 'open']).toContain(egress);
    }
  });

  test('of what runs anything leave every field at its worst', () => {
    const arbitrary = servers.flatMap(({ tools }) => Object.values(tools)).filter((tool) => tool.arbitrary);
    expect(arbitrary.length).toBeGreaterThan(10);
    for (const tool of arbitrary) expect(toolFacts(tool)).toEqual({ effect: 'write', arbitrary: true });
  });

  test('never name data: that hangs on the account', () => {
    for (const tool of servers.flatMap(({ tools }) => Object.values(tools)))
      expect(Object.keys(toolFacts(tool))).not.toContain('data');
  });
});
