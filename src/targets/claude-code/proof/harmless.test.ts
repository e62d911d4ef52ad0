import { expect, test } from 'vitest';
import { isHarmless } from './harmless.ts';

const PLANNED = { permissions: { deny: ['Bash'] }, sandbox: { enabled: true }, hooks: { PreToolUse: [] } };
const edited = (change: object, planned: object = PLANNED, path = 'launcher-settings.json') =>
  isHarmless(path, JSON.stringify(planned), JSON.stringify({ ...planned, ...change }));

test.each([
  { permissions: {} },
  { sandbox: undefined },
  { sandbox: { enabled: false, network: { allowedDomains: ['*'] } } },
])('an edit that only says what is allowed is tried: %j', (change) => expect(edited(change)).toBe(true));

test.each([
  { sandbox: { enabled: true, ripgrep: { command: '/theirs' } } },
  { sandbox: { enabled: true, bwrapPath: '/theirs' } },
  { sandbox: '/theirs' },
  { hooks: {} },
  { apiKeyHelper: '/theirs' },
  { disableAllHooks: true },
])('any other edit is not: %j', (change) => expect(edited(change)).toBe(false));

test('a sandbox that was not planned may reach, and start nothing', () => {
  const { sandbox: _, ...planned } = PLANNED;
  expect(edited({ sandbox: { enabled: true } }, planned)).toBe(true);
  expect(edited({ sandbox: { ripgrep: { command: '/theirs' } } }, planned)).toBe(false);
});

test('a script, and a file that is no JSON, are never harmless', () => {
  expect(edited({ permissions: {} }, PLANNED, 'launch.sh')).toBe(false);
  expect(isHarmless('settings.json', '{}', '{} // why')).toBe(false);
});
