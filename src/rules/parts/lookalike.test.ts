import { expect, test } from 'vitest';
import { lookalikes } from './lookalike.ts';

test.each([
  ['list_all', '1ist_all'],
  ['Orders', 'orders'],
  ['get_page', 'get-page'],
  ['pay', 'p\u0430y'],
  ['r0le', 'role'],
])('%s looks like %s', (a, b) => {
  expect(lookalikes([a, b])).toEqual([{ name: b, like: a }]);
});

test.each([
  ['list_all', 'list_one'],
  ['orders', 'order'],
  ['step-1', 'step-2'],
])('%s does not look like %s', (a, b) => {
  expect(lookalikes([a, b])).toEqual([]);
});
