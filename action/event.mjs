import { readFileSync } from 'node:fs';

export const EVENTS = ['pull_request', 'push', 'merge_group', 'schedule', 'workflow_dispatch'];

const STRANGER =
  'runs with secrets and a token that may write, beside files that a stranger may have chosen; run on `pull_request`';
const REFUSED = { pull_request_target: STRANGER, workflow_run: STRANGER };

/** What set the job off; only what is understood goes on. Source: docs.github.com, events that trigger workflows. */
export function eventOf({ GITHUB_EVENT_NAME: name = '', GITHUB_EVENT_PATH: path = '' }) {
  if (!EVENTS.includes(name)) {
    const why = Object.hasOwn(REFUSED, name) ? REFUSED[name] : `is none of ${EVENTS.join(', ')}`;
    return { wrong: `the event \`${name}\` is refused: it ${why}` };
  }
  if (name !== 'pull_request') return { name };
  try {
    return pullOf(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    return { wrong: `the payload of the event cannot be read: ${error.message}` };
  }
}

function pullOf({ number, pull_request: { base, head } }) {
  if (!Number.isSafeInteger(number) || !isCommit(base.sha) || !isCommit(head.sha))
    return { wrong: 'the payload of the event is not that of a pull request' };
  return {
    name: 'pull_request',
    number,
    base: { sha: base.sha, ref: String(base.ref) },
    // A fork that was deleted since has no repository.
    isFork: head.repo?.full_name !== base.repo.full_name,
  };
}

const isCommit = (text) => /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text);
