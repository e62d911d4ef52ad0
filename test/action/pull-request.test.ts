import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { act, fileOf, pullJob, recorder } from './act.ts';
import { calm, risky } from './agents.ts';
import { checkout, git, onTopOf, type Pull, pullOf } from './git.ts';

const base = { 'a.agent.yaml': calm('a') };

/** What stakes is called with, without what only says where reports go. */
async function calledWith(...job: Parameters<typeof pullJob>) {
  const { program, calls } = recorder();
  const [pull, owner, more = {}] = job;
  const acted = await act(pullJob(pull, owner, { ...more, inputs: { PROGRAM: program, ...more.inputs } }));
  const of = (command: string) => calls().find(({ argv }) => argv[0] === command)?.argv ?? [];
  const after = (argv: string[], flag: string) => (argv.includes(flag) ? argv[argv.indexOf(flag) + 1] : undefined);
  const [diff, lint] = [of('diff'), of('lint')];
  return { ...acted, compared: diff.slice(3, 5), trusted: [after(diff, '--trust'), after(lint, '--trust')] };
}

describe('a pull request', () => {
  test('from a fork, that raises a tier', async () => {
    const acted = await act(pullJob(pullOf(base, { 'a.agent.yaml': risky('a') }), 'stranger'));
    expect(acted).toMatchObject({ code: 1, err: '' });
    expect(acted.outputs).toMatchObject({
      'exit-code': '1',
      'tier-up': 'true',
      'new-under': 'true',
      loosened: 'false',
    });
    expect(Number(acted.outputs.findings)).toBeGreaterThan(3);
    expect(acted.summary).toMatch(/^## Stakes: 2 things to mend\n/);
    expect(acted.summary).toContain('mend: `stakes diff origin/main... --trust origin/main --fail-on new-under`');
    expect(acted.summary).toContain('mend: `stakes lint --trust origin/main`');
    expect(fileOf(acted, 'comment-file')).toMatch(/^<!-- stakes diff -->\n### 1 agent moves up/);
    expect(JSON.parse(fileOf(acted, 'sarif-file')).runs[0].results).toHaveLength(Number(acted.outputs.findings));
    const drawn = acted.out.split('\n').filter((line) => /^::(?:error|warning|notice) file=/.test(line));
    expect(drawn[0]).toContain('title=tier-up::');
    expect(drawn).toHaveLength(Number(acted.outputs.findings) + 1);
    expect(new Set(drawn.map((line) => line.split('::')[1])).size).toBe(drawn.length);
  });

  test('that changes no agent', async () => {
    const acted = await act(pullJob(pullOf(base, { 'notes.txt': 'x\n' }), 'acme'));
    expect(acted).toMatchObject({ code: 0, err: '' });
    expect(acted.outputs).toMatchObject({ 'exit-code': '0', 'tier-up': 'false', 'new-under': 'false', findings: '0' });
    expect(acted.out).not.toMatch(/^::(?:error|warning|notice) /m);
  });

  test('fails by what it is told to fail by', async () => {
    const pull = pullOf(base, { 'a.agent.yaml': risky('a') });
    const only = (words: string) =>
      act(pullJob(pull, 'acme', { inputs: { FAIL_ON: words, LINT_FAIL_ON: 'never', TRUST: 'never' } }));
    expect(await only('never')).toMatchObject({ code: 0 });
    expect((await only('tier-up, loosened')).out).toContain(
      'a tier rises%0Amend: stakes diff origin/main... --fail-on',
    );
    expect(await only('tier-down')).toMatchObject({ code: 2 });
  });

  test('that takes the last manifest away has nothing to lint, and passes', async () => {
    const acted = await act(pullJob(pullOf(base, { 'a.agent.yaml': null }), 'acme'));
    expect(acted).toMatchObject({ code: 0 });
    expect(acted.summary).toContain('### 1 agent is gone: `a`');
  });

  test('in a repository without agents has nothing to check', async () => {
    const acted = await act(pullJob(pullOf({ x: '1' }, { x: '2' }), 'acme'));
    expect(acted).toMatchObject({ code: 3 });
    expect(acted.out).toContain('there is no agent manifest to lint%0Amend: stakes lint --list-inputs');
  });
});

describe('whose rules hold', () => {
  const quiet = {
    'stakes.config.yaml': 'schemaVersion: 1\nfailOn: never\n',
    'a.agent.yaml': risky('a').replace(/^tools:/m, '# stakes-ignore ungated-high-stakes -- it is fine\ntools:'),
  };

  test('those of the base: what a stranger sets is seen, and does not hold', async () => {
    const acted = await act(pullJob(pullOf(base, quiet), 'stranger', { inputs: { FAIL_ON: 'loosened' } }));
    expect(acted).toMatchObject({ code: 1 });
    expect(acted.outputs).toMatchObject({ loosened: 'true' });
    expect(acted.out).toContain('title=ungated-high-stakes::');
    expect(acted.out).toContain('stakes lint --trust origin/main');
  });

  test('`never`: those of the pull request', async () => {
    const acted = await act(pullJob(pullOf(base, quiet), 'stranger', { inputs: { FAIL_ON: 'never', TRUST: 'never' } }));
    expect(acted).toMatchObject({ code: 0 });
  });

  test.each([
    ['auto', 'acme', true],
    ['auto', 'stranger', true],
    ['forks', 'acme', false],
    ['forks', 'stranger', true],
    ['forks', null, true],
    ['never', 'stranger', false],
  ])('`trust: %s`, head of %s: %s', async (trust, owner, isBase) => {
    const pull = pullOf(base, { x: '1' });
    const { compared, trusted } = await calledWith(pull, owner, { inputs: { TRUST: trust } });
    expect(compared).toEqual([pull.base, 'HEAD']);
    expect(trusted).toEqual(isBase ? [pull.base, pull.base] : [undefined, undefined]);
  });
});

describe('what a pull request is compared with', () => {
  test('a clone that is one commit deep is refused, with what it needs', async () => {
    const pull = pullOf(base, { x: '1' });
    const acted = await calledWith(pull, 'acme', { workspace: checkout(pull.origin, pull.merge, 1) });
    expect(acted).toMatchObject({ code: 2, compared: [] });
    expect(acted.out).toContain('%0Agive actions/checkout `fetch-depth: 2`');
    expect(acted.summary).toContain('fetch-depth: 2');
  });

  test('the head by itself, in a whole clone: where it branched off, by the rules of the base as it is', async () => {
    const pull = moved(pullOf(base, { x: '1' }));
    const workspace = checkout(pull.origin, pull.head, 0);
    const { compared, trusted } = await calledWith(pull, 'stranger', { workspace });
    expect(compared[0]).toBe(git(pull.origin, 'rev-parse', 'topic^'));
    expect(compared[0]).not.toBe(pull.base);
    expect(trusted).toEqual([pull.base, pull.base]);
  });

  test("the first parent of a stranger's own merge is never the base", async () => {
    const pull = pullOf(base, { 'stakes.config.yaml': 'schemaVersion: 1\nfailOn: never\n' });
    const head = onTopOf(pull.origin, 'topic', 'main');
    const shallow = await calledWith({ ...pull, head }, 'stranger', { workspace: checkout(pull.origin, head, 2) });
    expect(shallow.trusted).not.toContain(pull.head);
    const whole = await calledWith({ ...pull, head }, 'stranger', { workspace: checkout(pull.origin, head, 0) });
    expect(whole.trusted).toEqual([pull.base, pull.base]);
    // The same commit as `GITHUB_SHA` under another ref is no merge of GitHub's.
    const other = await calledWith({ ...pull, head }, 'stranger', {
      workspace: checkout(pull.origin, head, 0),
      sha: head,
      ref: 'refs/heads/topic',
    });
    expect(other.trusted).toEqual([pull.base, pull.base]);
  });

  test('a shallow clone of the head is refused', async () => {
    const pull = moved(pullOf(base, { x: '1' }));
    const acted = await calledWith(pull, 'acme', { workspace: checkout(pull.origin, pull.head, 1) });
    expect(acted).toMatchObject({ code: 2, compared: [] });
    expect(acted.out).toContain('`fetch-depth: 0`');
  });

  test('another revision, where one is named', async () => {
    const pull = pullOf(base, { x: '1' });
    expect((await calledWith(pull, 'acme', { inputs: { BASE: 'HEAD^2' } })).compared).toEqual([pull.head, 'HEAD']);
    for (const wrong of ['nope', '--upload-pack=touch', '-x'])
      expect(await calledWith(pull, 'acme', { inputs: { BASE: wrong } })).toMatchObject({ code: 2, compared: [] });
  });

  test('no git at all', async () => {
    const pull = pullOf(base, { x: '1' });
    const workspace = checkout(pull.origin, pull.merge, 2);
    rmSync(join(workspace, '.git'), { recursive: true });
    expect(await calledWith(pull, 'acme', { workspace })).toMatchObject({ code: 2, compared: [] });
  });
});

/** The base went on after the head branched off. */
function moved(pull: Pull): Pull {
  return { ...pull, base: onTopOf(pull.origin, 'main') };
}
