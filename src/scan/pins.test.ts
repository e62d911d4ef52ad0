import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../model/place.ts';
import { digestOf } from '../source/tool-digest.ts';
import { savedListing } from './listing.ts';
import { changesSince, pinState } from './pins/check.ts';
import { pinned } from './pins/pin.ts';
import { parsePins, pinsText } from './pins/read.ts';
import { type Scanned, scanned } from './scan.ts';

const LOOK = {
  name: 'get_page',
  description: 'Get a page.',
  inputSchema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  annotations: { readOnlyHint: true },
};

function scan(...tools: object[]): Scanned {
  const result = scanned('wiki', tools);
  if ('code' in result) throw new Error(result.message);
  return result;
}

const pinsOf = (...tools: object[]) => pinned({}, [scan(...tools)]);
const saysOf = (after: object, before: object = LOOK) => changesSince(pinsOf(before), [scan(after)])[0]?.says;

describe('the digest of a tool', () => {
  test('does not know the order of keys, nor what else a listing says', () => {
    const turned = Object.fromEntries(Object.entries(LOOK).reverse());
    expect(digestOf({ ...turned, _meta: { seen: 5 }, icons: [] } as object)).toBe(digestOf(LOOK));
  });

  test('is another for every change that a client or a model can see', () => {
    const changed = [
      { ...LOOK, name: 'get_pages' },
      { ...LOOK, title: 'Page' },
      { ...LOOK, description: 'Get a page. ' },
      { ...LOOK, inputSchema: { ...LOOK.inputSchema, required: [] } },
      { ...LOOK, outputSchema: { type: 'object' } },
      { ...LOOK, annotations: { readOnlyHint: false } },
      { ...LOOK, description: undefined },
    ];
    expect(new Set([LOOK, ...changed].map(digestOf)).size).toBe(changed.length + 1);
  });

  test('holds for any schema, in any order of its keys', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (inputSchema) => {
        const turned = JSON.parse(JSON.stringify(inputSchema), (_, value) =>
          value !== null && typeof value === 'object' && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).reverse())
            : value,
        );
        expect(digestOf({ ...LOOK, inputSchema: turned })).toBe(digestOf({ ...LOOK, inputSchema }));
      }),
    );
  });
});

describe('pins', () => {
  const reviewed = { by: 'ana', on: '2026-11-22' };
  const seen = () => {
    const pins = pinsOf(LOOK, { name: 'list_pages' });
    const pin = pins.wiki?.tools.get_page;
    if (pin) pin.reviewed = reviewed;
    return pins;
  };

  test('a review stays with a tool as long as it is the one that was reviewed', () => {
    const again = pinned(seen(), [scan({ name: 'list_pages', description: 'new' }, LOOK)]);
    expect(again.wiki?.tools.get_page?.reviewed).toEqual(reviewed);
    const other = pinned(seen(), [scan({ ...LOOK, description: 'Get a page, or two.' })]);
    expect(other.wiki?.tools.get_page).not.toHaveProperty('reviewed');
    expect(Object.keys(other.wiki?.tools ?? {})).toEqual(['get_page']);
  });

  test('servers that were not scanned stay as they are', () => {
    const before = { ...seen(), mail: { tools: {} } };
    const after = pinned(before, [scan(LOOK)]);
    expect(Object.keys(after)).toEqual(['mail', 'wiki']);
    expect(after.mail).toBe(before.mail);
  });

  test('names of every kind of object are names', () => {
    const odd = scan({ name: 'constructor' }, { name: '__proto__' }, { name: 'toString' });
    expect(changesSince({}, [odd]).map(({ change }) => change)).toEqual(['new', 'new', 'new']);
    const pins = pinned({}, [odd]);
    expect(changesSince(pins, [odd])).toEqual([]);
    const again = parsePins('p', pinsText(pins, undefined));
    expect(again.state === 'ok' && changesSince(again.value.servers, [odd])).toEqual([]);
    expect(pinState(pins, 'constructor', 'x', '')).toBe(null);
  });

  test('what is no file of pins is none', () => {
    const good = JSON.parse(pinsText(seen(), undefined));
    expect(parsePins('p', JSON.stringify(good)).state).toBe('ok');
    const spoiled = (change: (pin: Record<string, unknown>) => void) => {
      const value = structuredClone(good);
      change(value.servers.wiki.tools.get_page);
      return value;
    };
    const bad: unknown[] = [
      [],
      {},
      { ...good, schema: 'stakes/pins@2' },
      { ...good, servers: [] },
      { ...good, servers: { wiki: {} } },
      spoiled((pin) => delete pin.facts),
      spoiled((pin) => (pin.digest = 'sha256:0')),
      spoiled((pin) => (pin.parts = {})),
      spoiled((pin) => (pin.reviewed = 'yes')),
    ];
    for (const value of bad) expect([value, parsePins('p', JSON.stringify(value)).state]).toEqual([value, 'invalid']);
    expect(parsePins('p', '{').state).toBe('invalid');
  });
});

describe('a change, in words', () => {
  test.each<[string, object, string[]]>([
    ['nothing', LOOK, []],
    ['the description', { ...LOOK, description: 'Get one page.' }, ['its description says something else']],
    [
      'a new argument',
      {
        ...LOOK,
        inputSchema: { ...LOOK.inputSchema, properties: { id: { type: 'string' }, depth: { type: 'integer' } } },
      },
      ['it takes a new argument `depth` (integer, may be left out)'],
    ],
    [
      'an argument that may be left out now',
      { ...LOOK, inputSchema: { ...LOOK.inputSchema, required: [] } },
      ['`id` was string, and is string, may be left out'],
    ],
    ['no arguments any more', { ...LOOK, inputSchema: { type: 'object' } }, ['it no longer takes `id`']],
    [
      'deeper in the schema',
      { ...LOOK, inputSchema: { ...LOOK.inputSchema, properties: { id: { type: 'string', description: 'x' } } } },
      ['its schema says something else of its arguments or its result'],
    ],
    [
      'a hint',
      { ...LOOK, annotations: { readOnlyHint: true, openWorldHint: true } },
      ['its `openWorldHint` is new: true'],
    ],
    [
      'another annotation',
      { ...LOOK, annotations: { ...LOOK.annotations, title: 'x' } },
      ['its annotations say something else'],
    ],
  ])('%s', (_, after, says) => expect(saysOf(after) ?? []).toEqual(says));

  test('the rug pull: what it does comes first', () => {
    const says = saysOf({ ...LOOK, name: 'get_page', description: 'Delete a page for good.', annotations: {} });
    expect(says?.at(0)).toMatch(/^it was a read, and is a write that /);
    expect(says).toContain('its `readOnlyHint` was true, and is gone');
    expect(says?.at(-1)).toBe('its description says something else');
  });

  test('gone', () => {
    const [change] = changesSince(pinsOf(LOOK), [{ name: 'wiki', tools: [] }]);
    expect(change).toMatchObject({
      change: 'gone',
      tool: 'get_page',
      says: ['the server no longer lists it'],
      now: undefined,
    });
  });
});

describe('a listing that is not believed', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`);
  test.each<[string, unknown[]]>([
    ['list-changed', [LOOK, { name: 'other' }, LOOK]],
    ['nameless-tool', [LOOK, { description: 'x' }]],
    ['nameless-tool', [{ name: '' }]],
    ['nameless-tool', [{ name: 'x'.repeat(300) }]],
    ['nameless-tool', ['get_page']],
    ['too-deep', [{ ...LOOK, inputSchema: deep }]],
    ['too-many-tools', Array.from({ length: 2_001 }, (_, i) => ({ name: `t${i}` }))],
  ])('%s', (code, tools) => expect((scanned('wiki', tools) as Problem).code).toBe(code));

  test('one page of several is no list', () => {
    expect(savedListing({ tools: [], nextCursor: '2' })).toMatchObject({ wrong: 'holds one page of several' });
    expect(savedListing({ jsonrpc: '2.0', id: 1, result: { tools: [LOOK] } })).toEqual({ tools: [LOOK] });
    expect(savedListing({ server: 'x', tools: [] })).toEqual({ server: 'x', tools: [] });
    expect(savedListing({ resources: [] })).toHaveProperty('wrong');
  });
});
