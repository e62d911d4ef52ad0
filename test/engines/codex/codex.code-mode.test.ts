import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import type { ToolCall } from '../../../src/probe/anthropic-wire.ts';
import { runCodex } from '../../../src/targets/codex/proof/session.ts';
import { codexBinary, settingsOf, withBundle } from './codex.ts';

const DESK = policy([
  agent('desk', {
    servers: { files: server('true') },
    tools: { 'files/read_doc': grant('allow'), 'files/update_doc': grant('ask'), 'files/delete_doc': grant('deny') },
    approvals: { approvers: [], channel: 'inbox', expiresSeconds: 900, singleUse: true, boundToArguments: true },
  }),
]);

/** A model that calls tools by writing JavaScript, as the newest ones of OpenAI do. */
const script = (line: string): ToolCall => ({
  name: 'exec',
  namespace: 'functions',
  text: `try { text('GOT ' + JSON.stringify(await ${line})) } catch (error) { text('FAULT ' + error) }`,
});

test('a script that calls tools has the same rights', async () => {
  const lines = [
    'tools.mcp__files__read_doc({ id: 1 })',
    'tools.mcp__files__update_doc({ id: 1 })',
    'tools.mcp__files__delete_doc({ id: 1 })',
    "tools.exec_command({ cmd: 'echo STAKES-$((40 + 2))' })",
    "tools.apply_patch('*** Begin Patch\\n*** Add File: owned.txt\\n+x\\n*** End Patch')",
  ];
  const { calls, texts } = await withBundle(DESK, (bundle) =>
    runCodex({
      binary: codexBinary,
      workspace: bundle.workspace,
      config: settingsOf(bundle, 'config.toml', undefined, 'gpt-6-sol'),
      toolCalls: lines.map(script),
      by: { script: bundle.script },
    }),
  );
  expect(texts).toHaveLength(lines.length);
  expect(calls.map(({ tool }) => tool)).toEqual(['read_doc']);
  expect(texts[0]).toContain('GOT');
  expect(texts.slice(1)).toEqual(texts.slice(1).map(() => expect.stringMatching(/FAULT|requires approval|rejected/)));
});
