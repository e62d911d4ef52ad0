import type { McpServer } from '../model/manifest.ts';

/** A package or an image that a server's command fetches, and which of its arguments names it. */
export interface LaunchedPackage {
  index: number;
  name: string;
  kind: 'npm' | 'pypi' | 'image';
}

interface Launcher {
  kind: LaunchedPackage['kind'];
  /** Words that have to stand between the command and the package. */
  verbs: readonly string[];
  /** Options that take the next argument. */
  takes: readonly string[];
  /** Options whose argument is the package. */
  names: readonly string[];
}

const npm = (...verbs: string[]): Launcher => ({
  kind: 'npm',
  verbs,
  takes: ['-c', '--call', '--registry', '--cache', '--prefix', '--loglevel', '--userconfig'],
  names: ['-p', '--package'],
});
const pypi = (...verbs: string[]): Launcher => ({
  kind: 'pypi',
  verbs,
  takes: [
    '--python',
    '-p',
    '--index-url',
    '--index',
    '--extra-index-url',
    '--default-index',
    '--with',
    '-w',
    '--directory',
  ],
  names: ['--from', '--spec'],
});
const image: Launcher = {
  kind: 'image',
  verbs: ['run'],
  takes: (
    '-e --env --env-file -v --volume --mount --name -p --publish --network --net -w --workdir -u --user --entrypoint -l --label ' +
    '--add-host -m --memory --cpus --platform --pull --gpus --restart -h --hostname --cap-add --cap-drop --security-opt --dns ' +
    '--ulimit --shm-size --tmpfs --device --ipc --pid --runtime --log-driver --log-opt --pids-limit --memory-swap --userns'
  ).split(' '),
  names: [],
};

const LAUNCHERS: Readonly<Record<string, readonly Launcher[]>> = {
  npx: [npm()],
  bunx: [npm()],
  pnpx: [npm()],
  npm: [npm('exec')],
  pnpm: [npm('dlx')],
  yarn: [npm('dlx')],
  bun: [npm('x')],
  uvx: [pypi()],
  uv: [pypi('tool', 'run')],
  pipx: [pypi('run')],
  docker: [image],
  podman: [image],
};

/** What `npx`, `uvx`, `docker run` and their like fetch; undefined where the command fetches nothing that we can tell. */
export function launchedPackage({ command, args = [] }: McpServer): LaunchedPackage | undefined {
  const program =
    command
      ?.split(/[\\/]/)
      .at(-1)
      ?.replace(/\.(?:cmd|exe)$/i, '') ?? '';
  // `cmd /c npx …` is how Windows starts a script.
  if (/^cmd$/i.test(program) && /^\/c$/i.test(args[0] ?? '') && args[1] !== undefined) {
    const inner = launchedPackage({ command: args[1], args: args.slice(2) });
    return inner && { ...inner, index: inner.index + 2 };
  }
  const known = Object.hasOwn(LAUNCHERS, program) ? LAUNCHERS[program] : undefined;
  const launcher = known?.find(({ verbs }) => verbs.every((verb, i) => args[i] === verb));
  return launcher && packageIn(launcher, args);
}

function packageIn({ kind, verbs, takes, names }: Launcher, args: readonly string[]): LaunchedPackage | undefined {
  for (let i = verbs.length; i < args.length; i++) {
    const arg = args[i] ?? '';
    const [option = '', ...value] = arg.split('=');
    if (names.includes(option)) {
      if (value.length > 0) return { index: i, name: value.join('='), kind };
      return args[i + 1] === undefined ? undefined : { index: i + 1, name: args[i + 1] ?? '', kind };
    }
    if (takes.includes(arg)) i++;
    else if (!arg.startsWith('-')) return { index: i, name: arg, kind };
  }
  return undefined;
}

/** Does the name always stand for the same version? An image's tag can be moved, but is at least a choice. */
export function isPinned({ name, kind }: LaunchedPackage): boolean {
  if (/^(?:\.{0,2}[\\/]|\.{1,2}$|~|file:|[A-Za-z]:\\)/.test(name) || name.includes('${')) return true;
  if (isAddress({ name })) return /[#@][0-9a-f]{40}$/.test(name);
  if (kind === 'image') return /@sha256:|:(?!latest$)[^/:]+$/.test(name);
  if (kind === 'pypi') return /(?:==|@)\s*\d+(?:\.\d+)*(?:[a-z.+-][0-9a-z.+-]*)?$/i.test(name);
  return /.@v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/.test(name);
}

/** A repository or a download instead of a name in a registry: only a commit says which. */
export function isAddress({ name }: Pick<LaunchedPackage, 'name'>): boolean {
  return /^(?:git\+|git:|https?:|github:|gitlab:|bitbucket:)/.test(name);
}
