const MARKER = '<!-- stakes diff -->';
const PAGE = 100;
const PAGES = 10;
const MOST_MS = 20_000;
/** GitHub takes 65,536 characters. */
const MOST = 65_000;

/** The body of the comment of one folder: each has its own. */
export function bodyOf(markdown, prefix) {
  const own = prefix === '' ? MARKER : `<!-- stakes diff: ${encodeURIComponent(prefix).replaceAll('-', '%2D')} -->`;
  const text = markdown.replace(MARKER, '').trimStart();
  const where = prefix === '' ? '' : `In \`${prefix.replace(/[^\w./@-]/g, '?')}\`:\n\n`;
  const body = `${own}\n${where}${text}`;
  return { marker: own, text: body.length > MOST ? `${body.slice(0, MOST)}\n\n… cut here` : body };
}

/**
 * Posts the comment, or changes the one that is there. A note says why not: whether comments are allowed is not for a
 * check to fail on. `isNews`: worth a first comment.
 */
export async function comment({ marker, text }, isNews, { env, number, author, wait = MOST_MS }) {
  const { GITHUB_REPOSITORY: repository = '', STAKES_TOKEN: token = '' } = env;
  if (token === '') return 'no comment: there is no token';
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) return 'no comment: the repository has no name';
  const api = apiOf(env.GITHUB_API_URL || 'https://api.github.com', token, wait);
  try {
    const list = `/repos/${repository}/issues/${number}/comments`;
    const old = await find(api, list, marker, author);
    if (old === 'too many') return `no comment: the first ${PAGE * PAGES} comments have none of ours`;
    if (old === undefined && !isNews) return '';
    if (old === undefined) await api('POST', list, { body: text });
    else if (old.body !== text) await api('PATCH', `/repos/${repository}/issues/comments/${old.id}`, { body: text });
    return '';
  } catch (error) {
    return error.status === 403 || error.status === 404
      ? 'no comment: the token may not write one, as for pull requests from forks; all of it is in this summary'
      : `no comment: ${error.name === 'TimeoutError' ? 'GitHub did not answer in time' : error.message}`;
  }
}

async function find(api, list, marker, author) {
  for (let page = 1; page <= PAGES; page++) {
    const comments = await api('GET', `${list}?per_page=${PAGE}&page=${page}`);
    if (!Array.isArray(comments)) throw new Error('GitHub did not answer with a list');
    // Anybody can write the marker.
    const own = comments.find(({ body, user }) => user?.login === author && body?.startsWith(`${marker}\n`));
    if (own) return own;
    if (comments.length < PAGE) return undefined;
  }
  return 'too many';
}

function apiOf(root, token, wait) {
  const { protocol, hostname } = new URL(root);
  const isSafe = protocol === 'https:' || hostname === '127.0.0.1' || hostname === 'localhost';
  return async (method, path, body) => {
    if (!isSafe) throw new Error('the API is not reached by https');
    const response = await fetch(`${root.replace(/\/$/, '')}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        'user-agent': 'stakes-action',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      // The token is for nobody else.
      redirect: 'error',
      signal: AbortSignal.timeout(wait),
    });
    if (!response.ok) throw Object.assign(new Error(`GitHub answered ${response.status}`), { status: response.status });
    return await response.json();
  };
}
