import { expect, test } from 'vitest';
import { stateFolder } from './state-folder.ts';

test.each([
  ['linux', { XDG_STATE_HOME: '/x' }, '/home/me', '/x/stakes'],
  ['linux', { XDG_STATE_HOME: 'relative' }, '/home/me', '/home/me/.local/state/stakes'],
  ['linux', { XDG_STATE_HOME: '', LOCALAPPDATA: '/local' }, '/home/me', '/home/me/.local/state/stakes'],
  ['darwin', {}, '/home/me', '/home/me/.local/state/stakes'],
  ['linux', {}, '', undefined],
  ['linux', { XDG_STATE_HOME: 'relative' }, 'relative', undefined],
  ['win32', { LOCALAPPDATA: '/local' }, '/home/me', '/local/stakes'],
  ['win32', { XDG_STATE_HOME: '/x', LOCALAPPDATA: '/local' }, '/home/me', '/x/stakes'],
  ['win32', {}, '/home/me', undefined],
])('on %s with %j and the home %j it is %s', (platform, env, home, folder) =>
  expect(stateFolder({ platform, env, home })).toBe(folder),
);
