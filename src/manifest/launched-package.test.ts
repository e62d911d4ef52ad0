import { expect, test } from 'vitest';
import { isPinned, launchedPackage } from './launched-package.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const read = (line: string) => {
  const [command = '', ...args] = line.split(' ');
  return launchedPackage({ command, args });
};

test.each([
  ['npx -y @example/notes', 1, '@example/notes'],
  ['/usr/local/bin/npx -y notes@1.2.3 --root .', 1, 'notes@1.2.3'],
  ['C:\\node\\npx.cmd notes', 0, 'notes'],
  ['npx -p notes@1.2.3 run-notes', 1, 'notes@1.2.3'],
  ['npm exec --yes -- notes', 3, 'notes'],
  ['pnpm dlx notes', 1, 'notes'],
  ['uvx --python 3.12 notes', 2, 'notes'],
  ['uv tool run --from=notes==1.0 notes', 2, 'notes==1.0'],
  ['docker run -i --rm -e TOKEN -v /a:/b --network=none example/notes', 8, 'example/notes'],
  ['cmd /c npx -y notes', 3, 'notes'],
])('%s fetches argument %i', (line, index, name) => {
  expect(read(line)).toMatchObject({ index, name });
});

test.each(['npm run notes', 'uv run server.py', 'docker compose run notes', 'node server.mjs', 'npx', 'constructor x'])(
  '%s fetches nothing that can be told',
  (line) => {
    expect(read(line)).toBeUndefined();
  },
);

test.each([
  ['npm', '@example/notes@1.2.3', true],
  ['npm', 'notes@1.2.3-beta.1', true],
  ['npm', '@example/notes', false],
  ['npm', 'notes@latest', false],
  ['npm', 'notes@^1.2.3', false],
  ['npm', 'notes@1', false],
  ['npm', './packages/notes', true],
  ['npm', 'github:example/notes', false],
  ['npm', `github:example/notes#${COMMIT}`, true],
  ['pypi', 'notes==1.2', true],
  ['pypi', 'notes[all]==1.2.3rc1', true],
  ['pypi', 'notes@1.2.3', true],
  ['pypi', 'notes>=1.2', false],
  ['pypi', 'notes@latest', false],
  ['pypi', 'git+https://github.com/example/notes@main', false],
  ['pypi', `git+https://github.com/example/notes@${COMMIT}`, true],
  ['image', 'example/notes', false],
  ['image', 'example/notes:latest', false],
  ['image', 'registry.example.com:5000/notes', false],
  ['image', 'registry.example.com:5000/notes:1.2.3', true],
  ['image', `example/notes@sha256:${COMMIT}`, true],
] as const)('%s %s is pinned: %s', (kind, name, pinned) => {
  expect(isPinned({ kind, name, index: 0 })).toBe(pinned);
});
