import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { folderWith, GOOD, run } from '../cli/fake-io.ts';

interface Entry {
  name: string;
  description: string;
  url: string;
  fileMatch: string[];
}

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const { schemas: entries, ...catalog } = read('schemas/schemastore.json') as { schemas: Entry[] };
const schemaOf = ({ url }: Entry) => read(`schemas/${/stakes-(\w+)\.json$/.exec(url)?.[1]}.schema.json`);
/** As SchemaStore makes it: all of strict mode. Formats are checked apart, below. */
const strict = () => new Ajv({ strict: true, validateFormats: false });

describe('schemas/schemastore.json', () => {
  test('is a catalog to SchemaStore', () => {
    const validate = strict().compile(read('test/schemas/schema-catalog.json'));
    expect(validate({ ...catalog, schemas: entries }), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...catalog, schemas: [{ ...entries[0], extra: 1 }] })).toBe(false);
  });

  test('keeps to what SchemaStore asks of an entry', () => {
    expect(entries.map(({ name }) => name)).toEqual([...new Set(entries.map(({ name }) => name))]);
    for (const { name, description, url, fileMatch } of entries) {
      for (const text of [name, description]) expect(text).not.toMatch(/[,. \t-]$|\n|schema/i);
      expect(new URL(url).protocol).toBe('https:');
      for (const glob of fileMatch) expect(glob).not.toMatch(/[{}()!/]/);
    }
  });

  test('claims no name that other tools use', () => {
    for (const { fileMatch } of entries) for (const glob of fileMatch) expect(glob).toMatch(/^stakes\./);
  });
});

describe.each(entries)('$name', (entry) => {
  const schema = schemaOf(entry);

  test('is a schema by the rules of SchemaStore', () => {
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(schema.$id).toBe(entry.url);
    const text = JSON.stringify(schema);
    for (const [, reference] of text.matchAll(/"\$ref":"([^"]*)"/g)) expect(reference).toMatch(/^#\/definitions\//);
    expect(text).not.toMatch(/"(?:title|description)":"[^"]*:"/);
    expect(() => strict().compile(schema)).not.toThrow();
  });

  test('lets a file name its schema', () => {
    const validate = new Ajv({ strict: false }).compile(schema);
    const least = {
      agent: { schemaVersion: 1, agent: { id: 'a' }, tools: {} },
      config: {},
      baseline: { schema: 'stakes/baseline@1', entries: [] },
    }[/stakes-(\w+)/.exec(entry.url)?.[1] ?? ''];
    expect(validate({ ...least, $schema: entry.url }), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...least, $schemas: entry.url })).toBe(false);
  });
});

describe('a file names its schema', () => {
  const MODELINE = /^# yaml-language-server: \$schema=(\S+)$/m;

  test('every example has the line, and follows the schema that the line leads to', () => {
    const names = readdirSync('examples').filter((name) => name.endsWith('.yaml'));
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      const text = readFileSync(join('examples', name), 'utf8');
      const path = MODELINE.exec(text)?.[1] ?? '';
      const validate = new Ajv({ strict: false }).compile(read(join('examples', path)));
      for (const document of text.split(/^---$/m))
        expect(validate(parse(document)), `${name} ${JSON.stringify(validate.errors)}`).toBe(true);
    }
  });

  test('the line of the manifest in the README leads into the package', () => {
    const path = MODELINE.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
    expect(path).toMatch(/^\.\/node_modules\/stakes\/schemas\//);
    expect(read(path.replace('./node_modules/stakes/', '')).$id).toBe(entries[0]?.url);
  });

  test('`$schema` in JSON is for editors: it changes nothing', async () => {
    const manifest = parse(GOOD);
    const config = { rules: { 'no-owner': 'off' } };
    const files = (more: object) => ({
      'agent.json': JSON.stringify({ ...more, ...manifest }),
      'stakes.config.json': JSON.stringify({ ...more, ...config }),
      'stakes.baseline.json': JSON.stringify({ ...more, schema: 'stakes/baseline@1', entries: [] }),
    });
    const [plain, named] = [folderWith(files({})), folderWith(files({ $schema: './x.schema.json' }))];
    for (const argv of [
      ['assess', '-f', 'json'],
      ['lint', '-f', 'json'],
      ['generate', '--dry-run', '-f', 'json'],
    ])
      expect(withoutPlaces(await run(named, argv))).toEqual(withoutPlaces(await run(plain, argv)));
    await run(plain, ['generate']);
    await run(named, ['generate']);
    const lock = (folder: string) => readFileSync(join(folder, '.stakes/good/stakes.lock.json'), 'utf8');
    expect(lock(named)).toBe(lock(plain));
    expect(
      (await run(folderWith({ 'agent.json': JSON.stringify({ $schema: 5, ...manifest }) }), ['assess'])).code,
    ).toBe(2);
  });
});

/** On one line, a key more moves the columns. */
const withoutPlaces = ({ code, out, err }: { code: number; out: string; err: string }) => ({
  code,
  err,
  out: out.replace(/"(?:endC|c)olumn": \d+/g, ''),
});
