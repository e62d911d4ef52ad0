import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Where an engine lets everything through over a small mistake, and the test in which it is seen to, and our files are not. */
const FAIL_OPENS = [
  {
    what: 'Claude Code skips a deny for a tool of a server that has arguments in parentheses',
    file: 'claude-code.fail-open.test.ts',
    name: 'a deny with a pattern for arguments is skipped',
  },
  {
    what: 'Claude Code drops a whole file of settings over one wrong value',
    file: 'claude-code.fail-open.test.ts',
    name: 'one wrong value drops the file of a session',
  },
  {
    what: 'Claude Code runs a call whose hook crashes or is missing',
    file: 'claude-code.fail-open.test.ts',
    name: 'what crashes does not refuse',
  },
  {
    what: 'Codex goes on without a rule whose key is misspelt',
    file: 'codex/codex.fail-open.test.ts',
    name: 'a key with a typo is a warning, and the rule is gone',
  },
  {
    what: 'Gemini CLI drops a whole policy file over one wrong value',
    file: 'gemini/gemini.fail-open.test.ts',
    name: 'over one bad value the whole file is dropped, and the session goes on',
  },
  {
    what: 'OpenCode asks the model to stop after its steps, and stops nothing',
    file: 'opencode/opencode.caps.test.ts',
    name: '`steps` is no cap: a model that ignores it goes on, as the loss says',
  },
  {
    what: 'Cedar skips a forbid whose condition has an error',
    file: 'cedar.fail-open.test.ts',
    name: 'a forbid that errors is skipped: none has a condition',
  },
  {
    what: 'agentgateway takes a deny rule with an error for no match',
    file: 'agentgateway/agentgateway.fail-open.test.ts',
    name: 'a deny that looks at an argument has an error, and denies nothing',
  },
  {
    what: 'nginx does not count a request whose key is empty',
    file: 'nginx/nginx.fail-open.test.ts',
    name: 'a counter by a header is not counted at all where the header is missing',
  },
] as const;

test.each(FAIL_OPENS)('$what', ({ file, name }) => {
  expect(readFileSync(join(import.meta.dirname, file), 'utf8')).toContain(`'${name}'`);
});
