import { expect, test } from 'vitest';
import type { KnownServer } from '../catalog/known-server.ts';
import type { CatalogTool } from '../model/catalog.ts';
import { withKnown } from './known.ts';
import { scanned } from './scan.ts';

const GET: CatalogTool = { effect: 'read', sensitive: false, egress: 'none', confidence: 'high' };
const DROP: CatalogTool = { ...GET, effect: 'write', reversible: false, impact: 'high' };

function judged(listed: object, tool: CatalogTool, fits: KnownServer['fits']) {
  const scan = scanned('wiki', [{ name: 'page', inputSchema: { type: 'object' }, ...listed }]);
  if ('code' in scan) throw new Error(scan.message);
  const known = {
    name: 'wiki-mcp',
    version: '1.0.0',
    fits,
    hasOptions: false,
    facts: { seen: '1.0.0', tools: { page: tool } },
  };
  return withKnown(scan, known as unknown as KnownServer).tools[0]?.judged;
}

const LOOKS = { description: 'Get a page.' };
const DELETES = { description: 'Delete a page.' };

test('a version that was looked at is as the catalogue says', () => {
  expect(judged(DELETES, GET, 'yes')).toMatchObject({
    effect: 'read',
    reversible: null,
    provenance: { effect: 'catalog' },
    because: expect.arrayContaining([{ fact: 'effect', why: 'the catalogue has looked at it (wiki-mcp 1.0.0)' }]),
  });
  expect(judged(LOOKS, DROP, 'yes')).toMatchObject({ effect: 'write', reversible: false, impact: 'high' });
});

test.each<[string, KnownServer['fits'], CatalogTool]>([
  ['which may be another version', 'unpinned', GET],
  ['where the catalogue is not sure', 'yes', { ...GET, confidence: 'low' }],
  ['of another version', 'no', GET],
])('nothing is made harmless %s', (_, fits, tool) => {
  expect(judged(DELETES, tool, fits)).toMatchObject({ effect: 'write', provenance: { effect: 'description' } });
});

test('what it has against a tool counts for any version, but for those that it says it is not about', () => {
  expect(judged(LOOKS, DROP, 'unpinned')).toMatchObject({ effect: 'write', reversible: false, impact: 'high' });
  expect(judged(LOOKS, { ...DROP, reversible: true, confidence: 'low' }, 'yes')).toMatchObject({
    effect: 'write',
    reversible: 'unknown',
  });
  expect(judged(LOOKS, DROP, 'no')).toMatchObject({ effect: 'read' });
});

test('where both say the same, the listing is the source', () => {
  expect(judged(LOOKS, GET, 'yes')?.provenance.effect).toBe('description');
});
