import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agent, grant, policy, server } from '../../../src/model/policy.fixture.ts';
import { asRecord } from '../../../src/probe/json.ts';
import { startModelServer } from '../../../src/probe/model-server.ts';
import { readExecuted } from '../../../src/probe/stub.ts';
import { writeIn } from '../../../src/probe/workspace.ts';
import { oneTurn } from './app-server.ts';
import { command, mcp, patch, settingsOf, withBundle } from './codex.ts';

const PROMPT = 'play the root script';
const DESK = policy([
  agent('desk', {
    attended: true,
    servers: { files: server('true') },
    tools: { 'files/read_doc': grant('allow'), 'files/update_doc': grant('ask'), Bash: grant('allow') },
    filesystem: { read: ['src'], write: [] },
    approvals: { approvers: [], channel: 'inbox', expiresSeconds: 900, singleUse: true, boundToArguments: true },
  }),
]);

const CALLS = [
  mcp('read_doc', 'files', { id: 1 }),
  mcp('update_doc', 'files', { id: 2 }),
  mcp('update_doc', 'files', { id: 2 }),
  // A way out of the sandbox is refused before anybody is asked.
  {
    name: 'exec_command',
    input: { cmd: 'touch ~/owned.txt', sandbox_permissions: 'require_escalated', justification: 'please' },
  },
  command('touch ~/owned.txt'),
  patch('owned.txt'),
];

function play(answer: 'accept' | 'decline') {
  return withBundle(DESK, async (bundle) => {
    const { workspace } = bundle;
    const model = await startModelServer([{ marker: PROMPT, calls: CALLS }]);
    try {
      const home = join(workspace.home, '.codex');
      writeIn(home, 'config.toml', settingsOf(bundle)(model.url));
      const questions = await oneTurn(workspace, home, PROMPT, answer);
      const shown = questions.map((question) => {
        const { tool_name, tool_params } = asRecord(question._meta);
        return [tool_name, tool_params];
      });
      const played = model.requests.at(-1)?.toolResults.length;
      return { shown, played, ran: readExecuted(workspace.log).map(({ tool }) => tool) };
    } finally {
      await model.close();
    }
  });
}

const ASKED = ['update_doc', { id: 2 }];

test('a call that asks runs once a person says yes, each time anew, and the person sees its arguments', async () => {
  expect(await play('accept')).toEqual({
    shown: [ASKED, ASKED],
    played: CALLS.length,
    ran: ['read_doc', 'update_doc', 'update_doc'],
  });
});

test('and does not run when the person says no', async () => {
  const { shown, ran } = await play('decline');
  expect(shown[0]).toEqual(ASKED);
  expect(ran).toEqual(['read_doc']);
});
