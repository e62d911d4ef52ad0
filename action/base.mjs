/**
 * What a pull request is compared with, and the revision whose rules hold.
 * `git`: arguments to what git printed, or undefined where it failed.
 */
export function baseOf({ number, base }, { GITHUB_SHA: sha, GITHUB_REF: ref }, given, git) {
  if (given !== '') {
    const commit = commitOf(git, given);
    if (commit !== undefined) return { base: commit, trust: commit };
    return { wrong: `the input \`base\` (\`${given}\`) is no revision of this clone`, help: DEEP };
  }
  const head = commitOf(git, 'HEAD');
  if (head === undefined)
    return { wrong: 'there is no git checkout that can be read', help: 'put actions/checkout before this step' };
  // Only of the merge that GitHub made is the first parent the base: a stranger's own head can be a merge, too.
  if (head === sha && ref === `refs/pull/${number}/merge`) {
    const parents = (git(['rev-list', '--parents', '--max-count=1', head]) ?? '').trim().split(' ').slice(1);
    if (parents.length === 2 && commitOf(git, parents[0])) return { base: parents[0], trust: parents[0] };
    return { wrong: 'the base of the pull request is not in this clone', help: SHALLOW };
  }
  const fork = commitOf(git, base.sha) && git(['merge-base', base.sha, head])?.trim();
  // The head chose where it branched off; the rules are those of the branch as it is.
  if (fork) return { base: fork, trust: base.sha };
  return { wrong: `this clone does not reach \`${base.sha.slice(0, 12)}\`, the base of the pull request`, help: DEEP };
}

const SHALLOW = 'give actions/checkout `fetch-depth: 2`';
const DEEP = 'give actions/checkout `fetch-depth: 0`; or leave its `ref` out, and `fetch-depth: 2` will do';

function commitOf(git, name) {
  return git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`])?.trim() || undefined;
}
