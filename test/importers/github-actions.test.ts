import { expect, test } from 'vitest';
import { importer } from '../../src/importers/github-actions.ts';
import { commandsOf, wordsOf } from '../../src/importers/parts/shell.ts';

const read = (text: string) =>
  importer.read({
    file: '.github/workflows/w.yml',
    folder: '',
    path: '.github/workflows/w.yml',
    text,
    beside: (file) => ({ state: 'missing', problems: [{ code: 'missing-file', message: 'none', file }] }),
  });

const job = (step: string) => `on: issues\njobs:\n  j:\n    permissions: {}\n    steps:\n      - ${step}\n`;
const claude = (args: string) =>
  read(job(`{ uses: anthropics/claude-code-action@v1, with: { prompt: go, claude_args: ${JSON.stringify(args)} } }`));
const toolsOf = (args: string) => claude(args).parts[0]?.said.tools ?? {};

test('names that every object has are names like others', () => {
  const tools = toolsOf(
    `--allowedTools "constructor(x),toString" --mcp-config '{"mcpServers":{"valueOf":{"command":"x"},"__proto__":{"command":"y"}}}'`,
  );
  expect(Object.keys(tools)).toEqual(expect.arrayContaining(['constructor', 'toString', 'valueOf/*']));
  for (const name of Object.keys(tools)) expect(Object.hasOwn(tools, name)).toBe(true);
});

test('a job that asks for nothing is bounded only by a token of its own', () => {
  const scopes = (token: string) =>
    read(job(`{ uses: anthropics/claude-code-action@v1, with: { prompt: go${token} } }`)).parts[0]?.said.credentials
      ?.GITHUB_TOKEN?.scopes;
  expect(scopes('')).toEqual(['contents:write', 'issues:write', 'metadata:read', 'pull-requests:write']);
  expect(scopes(', github_token: "${{ secrets.GITHUB_TOKEN }}"')).toEqual(['metadata:read']);
  expect(scopes(', github_token: "${{ steps.app.outputs.token }}"')).toBeUndefined();
});

test('what is refused whole is refused, whatever lets it through; what is refused in part is not', () => {
  expect(toolsOf('--allowedTools Bash --disallowedTools Bash').Bash?.access).toBe('deny');
  expect(toolsOf('--allowedTools Bash --disallowedTools "Bash(rm:*)"').Bash?.access).toBe('allow');
  expect(toolsOf('--allowedTools mcp__a__x --disallowedTools mcp__a')).toMatchObject({ 'a/*': { access: 'deny' } });
  expect(toolsOf('--allowedTools mcp__a__x --disallowedTools mcp__a')).not.toHaveProperty(['a/x']);
});

test('what nobody lets through is refused where nobody can be asked', () => {
  expect(Object.keys(toolsOf(''))).toEqual(['Read', 'Grep', 'Glob', 'Agent']);
  expect(toolsOf('--permission-mode bypassPermissions').Bash?.access).toBe('allow');
  expect(toolsOf('--permission-mode never-heard-of').Bash).toEqual({ effect: 'write', arbitrary: true });
});

test('a command of a plugin may let any command through', () => {
  const [part] = read(job('{ uses: anthropics/claude-code-action@v1, with: { prompt: /plug:fix } }')).parts;
  expect(part?.said.tools?.Bash?.access).toBe('allow');
});

test('the wider of two calls holds, also where the first is the wider', () => {
  const twice = (one: string, other: string) =>
    read(job(`{ run: ${JSON.stringify(`claude -p a ${one}\nclaude -p b ${other}`)} }`)).parts[0]?.said;
  const wide = '--dangerously-skip-permissions --max-turns 9';
  for (const said of [twice(wide, '--max-turns 2'), twice('--max-turns 2', wide)]) {
    expect(said?.tools?.Bash?.access).toBe('allow');
    expect(said?.limits?.turnsPerSession).toBe(9);
  }
  expect(twice('', '--max-turns 2')?.limits).toBeUndefined();
  const codex = read(job('{ run: "codex exec -s read-only a; codex exec --yolo b" }')).parts[0]?.said.tools?.shell;
  expect(codex).toEqual({ arbitrary: true, access: 'allow' });
});

test('commands are found where a shell would run them, and nowhere else', () => {
  const programs = (script: string) => commandsOf(script).map(([name]) => name);
  expect(programs(`a "b; c" 'd | e' # f\ng\\\n h && i | j; (k) > l`)).toEqual(['a', 'g', 'i', 'j', 'k', 'l']);
  expect(programs('X="$(a "$(b \'c)\')")" `d`')).toEqual(['b', 'a', 'd', 'X=$()']);
  expect(programs('cat <<EOF\nclaude -p x\nEOF\nafter')).toEqual(['cat', 'after']);
  expect(programs('say "don\'t" \\$x "it\'s $(yes)"')).toEqual(['yes', 'say']);
  expect(wordsOf('--a b\n# --c d\n--e "f g" ${{ h.i }}')).toEqual(['--a', 'b', '--e', 'f g', '${{ h.i }}']);
});

test('scripts that are long, deep or cut off end, and do not fail', () => {
  for (const script of [
    '$('.repeat(100_000),
    '"'.repeat(100_001),
    '`'.repeat(99_999),
    '<<A\n'.repeat(50_000),
    '${{'.repeat(50_000),
  ]) {
    expect(commandsOf(script).length).toBeLessThanOrEqual(100_000);
  }
});
