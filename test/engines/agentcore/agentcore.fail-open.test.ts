import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ArgumentSchema } from '../../../src/model/manifest.ts';
import { agent, grant, policy } from '../../../src/model/policy.fixture.ts';
import { allowedBy } from '../../../src/targets/agentcore/prover.ts';
import { target } from '../../../src/targets/agentcore/target.ts';

const engine = join(import.meta.dirname, 'node_modules/@cedar-policy/mcp-schema-generator-wasm');

type Edit = (text: string) => string;
interface Call {
  agent: 'desk';
  tool: string;
  input: Record<string, unknown>;
  scopes: string[];
}

/** A way in which a statement lets a call through, and the guard that keeps it from that. */
interface Trap {
  /** The same statements as people write them. */
  naive: Edit;
  dangerous: Call;
}

const schema: ArgumentSchema = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', pattern: '^draft-' } },
};
const DESK = policy([
  agent('desk', {
    tools: {
      'docs/update': grant('allow', { arguments: schema, scopes: ['docs:write'] }),
      'docs/publish': grant('ask'),
      'docs/drop': grant('deny'),
    },
  }),
]);
const call = (tool: string, input: Record<string, unknown>, scopes = ['docs:write']): Call => ({
  agent: 'desk',
  tool,
  input,
  scopes,
});
const plain = call('docs/update', { id: 'draft-1' });

const traps: Record<string, Trap> = {
  'a scope is found in the name of another one': {
    naive: (text) =>
      text.replace(/\(principal\.getTag\("scope"\) == .*\)/, 'principal.getTag("scope") like "*docs:write*"'),
    dangerous: call('docs/update', { id: 'draft-1' }, ['docs:write-none']),
  },
  'a forbid says nothing of an argument that is not there': {
    naive: (text) =>
      text.replace(/context\.input has "id" &&\n.*/, '!(context.input has "id" && context.input["id"] like "prod-*")'),
    dangerous: call('docs/update', {}),
  },
  'a permit for every action permits what asks a person': {
    naive: (text) =>
      text
        .replace('action == AgentCore::Action::"docs___update"', 'action')
        .replace(/ &&\n {2}context[\s\S]*?\n\};/, '\n};'),
    dangerous: call('docs/publish', {}),
  },
};

test.each(Object.entries(traps))('%s', async (_, { naive, dangerous }) => {
  const { files } = target.emit(DESK);
  const edited = files.map(({ path, content }) => ({
    path,
    content: path.endsWith('.cedar') ? naive(content) : content,
  }));
  // A generator that words it in another way would turn both halves into one.
  expect(edited).not.toEqual(files);
  expect(await through(files, [plain, dangerous]), 'as generated').toEqual([plain]);
  expect(await through(edited, [plain, dangerous]), 'without the guard').toEqual([plain, dangerous]);
});

async function through(files: readonly { path: string; content: string }[], calls: readonly Call[]): Promise<Call[]> {
  const statements = files.filter(({ path }) => path.endsWith('.cedar')).map(({ path, content }) => [path, content]);
  const tools = files.find(({ path }) => path === 'tools.json')?.content ?? '';
  const answer = await allowedBy(engine, DESK, { statements: Object.fromEntries(statements), tools }, calls);
  if ('reason' in answer) throw new Error(answer.reason);
  return calls.filter((_, at) => answer.allowed[at]);
}
