import { expect, test } from 'vitest';
import { projectWith } from './project.ts';

const THEIRS = `{
  // by hand
  "mcpServers": {
    "shop": { "command": "npx", "args": ["shop-mcp@1"], "env": { "SHOP_API_KEY": "a1b2c3d4e5" } },
    "other": { "command": "other-mcp" }
  }
}
`;
const FILE = '.mcp.json';
const apply = ['-t', 'gate', '--as', 'mcp-json'];

async function project() {
  const made = await projectWith(undefined, { [FILE]: THEIRS });
  return { ...made, gated: () => made.read('.stakes/desk/gate/mcp.json') };
}

test('without being asked for, the configuration of a client stays as it is', async () => {
  const { apply: run, read } = await project();
  expect((await run(['-y'])).code).toBe(0);
  expect(read(FILE)).toBe(THEIRS);
});

test('a client is given the gates in place of its servers, and its own file back, to the byte', async () => {
  const { apply: run, read, gated } = await project();
  const shown = await run([...apply, '--dry-run']);
  expect(shown.out).toContain('-    "other": { "command": "other-mcp" }');
  expect(shown.out, 'what is replaced is shown, and no secret in it').not.toContain('a1b2c3d4e5');
  expect(shown.out + shown.err).toContain('servers that the manifest does not list are no longer in the file');
  expect(read(FILE)).toBe(THEIRS);
  expect((await run([...apply, '-y'])).code).toBe(0);
  expect(read(FILE)).toBe(gated());
  expect(JSON.parse(gated()).mcpServers.shop).toMatchObject({ command: 'stakes' });
  expect((await run([...apply, '--check'])).code).toBe(0);
  expect((await run([...apply, '--undo', '-y'])).code).toBe(0);
  expect(read(FILE)).toBe(THEIRS);
});

test('one that was not there goes again, and one that was edited since is left alone', async () => {
  const {
    apply: run,
    read,
    has,
    write,
    gated,
  } = await projectWith().then((made) => ({
    ...made,
    gated: () => made.read('.stakes/desk/gate/mcp.json'),
  }));
  await run([...apply, '-y']);
  expect(read(FILE)).toBe(gated());
  await run([...apply, '--undo', '-y']);
  expect(has(FILE)).toBe(false);
  await run([...apply, '-y']);
  write('{ "mcpServers": {} }', FILE);
  expect((await run([...apply, '--check'])).code).toBe(1);
  const undone = await run([...apply, '--undo', '-y']);
  expect([undone.code, undone.err + undone.out]).toEqual([
    2,
    expect.stringContaining('was edited after it was installed'),
  ]);
  expect(read(FILE)).toBe('{ "mcpServers": {} }');
});

test('editors have files of their own', async () => {
  const { apply: run, read } = await projectWith();
  await run(['-t', 'gate', '--as', 'vscode', '-y']);
  expect(read('.vscode/mcp.json')).toBe(read('.stakes/desk/gate/vscode.json'));
  await run(['-t', 'gate', '--as', 'cursor', '-y']);
  expect(read('.cursor/mcp.json')).toBe(read('.stakes/desk/gate/cursor.json'));
});

test('a lock that names another file of the project is not believed', async () => {
  const { apply: run, lock, write, read } = await project();
  await run([...apply, '-y']);
  write('theirs', 'package.json');
  lock(({ installed }) => {
    const item = installed?.['gate/mcp-json'];
    if (item) item.path = 'package.json';
  });
  expect((await run([...apply, '--undo', '-y'])).code).toBe(2);
  expect(read('package.json')).toBe('theirs');
});
