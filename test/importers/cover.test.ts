import { describe, expect, test } from 'vitest';
import { importFrom } from '../../src/import/run.ts';
import { importers } from '../../src/importers/registry.generated.ts';
import { filesIn } from './files.ts';

const SECRET = 'ghp_012345678901234567890123456789012345';

const imported = (file: string, text: string) =>
  importFrom('/project', { cwd: '/project', from: filesIn({ [file]: text }), importers, catalog: false });

describe('a secret where a name belongs', () => {
  test.each([
    ['the name of a tool', '.mcp.json', `{ "mcpServers": { "a": { "command": "x", "alwaysAllow": ["${SECRET}"] } } }`],
    ['the name of a graph', 'langgraph.json', `{ "graphs": { "${SECRET}": "./a.py:b" } }`],
    [
      'the name of a job',
      '.github/workflows/a.yml',
      `on: push\njobs:\n  x${SECRET}:\n    steps: [{ uses: anthropics/claude-code-action@v1 }]\n`,
    ],
    [
      'a permission',
      '.github/workflows/b.yml',
      `on: push\njobs:\n  a:\n    permissions: { ${SECRET}: write }\n    steps: [{ uses: anthropics/claude-code-action@v1, with: { github_token: "\${{ github.token }}" } }]\n`,
    ],
    [
      'an agent that is called',
      'agent.yaml',
      `apiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata: { name: a }\nspec: { declarative: { tools: [{ agent: { name: ${SECRET} } }] } }\n`,
    ],
  ])('%s', (_, file, text) => {
    const { drafts, problems } = imported(file, text);
    expect(drafts).toHaveLength(1);
    // Places are for frames, which cover what they show.
    const written = drafts.map(({ id, said, notes, subagents }) => ({ id, said, notes, subagents }));
    const all = JSON.stringify([written, problems.map(({ message, help }) => [message, help])]).toLowerCase();
    expect(all).not.toContain(SECRET.slice(4, 20));
    expect(all).not.toContain('***');
  });

  test('is told with its file, and the rest of the name stays', () => {
    const { drafts, problems } = imported('langgraph.json', `{ "graphs": { "bot ${SECRET} two": "./a.py:b" } }`);
    expect(drafts.map(({ id, said }) => [id, said.agent?.name])).toEqual([
      ['project-langgraph-bot-secret-two', undefined],
    ]);
    expect(problems.map(({ code, place }) => [code, place?.file, place?.line])).toEqual([
      ['literal-secret', 'langgraph.json', 1],
    ]);
  });
});
