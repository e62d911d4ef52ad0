/** What programs need to start: code, libraries and certificates, and nothing that people keep. */
export const RUNTIME = [
  '/bin',
  '/etc/alternatives',
  '/etc/ca-certificates',
  '/etc/group',
  '/etc/hosts',
  '/etc/ld.so.cache',
  '/etc/localtime',
  '/etc/nsswitch.conf',
  '/etc/passwd',
  '/etc/pki',
  '/etc/resolv.conf',
  '/etc/ssl',
  '/lib',
  '/lib32',
  '/lib64',
  '/nix/store',
  '/opt',
  '/private/etc/ssl',
  '/sbin',
  '/System',
  '/usr',
  '~/.nvm/versions',
  '~/.volta/tools',
  // The way out to srt's proxy. Only names of sockets: nothing else is read through them.
  '/tmp/claude-http-*.sock',
  '/tmp/claude-socks-*.sock',
  // srt starts a helper of its own inside the sandbox.
  './node_modules/@anthropic-ai/sandbox-runtime/vendor',
];

/** Where people and tools keep credentials; hidden when the manifest does not say what may be read. */
const SECRETS = [
  '/etc/shadow',
  '/etc/sudoers',
  '~/.aws',
  '~/.azure',
  '~/.config/gcloud',
  '~/.config/gh',
  '~/.docker',
  '~/.git-credentials',
  '~/.gnupg',
  '~/.kube',
  '~/.netrc',
  '~/.npmrc',
  '~/.password-store',
  '~/.pypirc',
  '~/.ssh',
];

export interface ReadRules {
  denyRead: string[];
  allowRead: string[];
}

/** Null: not said, so only known secrets are hidden. A list: that, and what programs need to start. */
export function readRules(read: readonly string[] | null, runtime: readonly string[] = []): ReadRules {
  if (read === null) return { denyRead: SECRETS, allowRead: [] };
  const paths = concretePaths(read);
  if (paths.includes('/')) return { denyRead: [], allowRead: [] };
  return { denyRead: ['/'], allowRead: [...new Set([...RUNTIME, ...runtime, ...paths])].sort() };
}

/** Paths as srt takes them. One with a pattern in it is left out: srt expands it for reads and ignores it for writes. */
export function concretePaths(paths: readonly string[]): string[] {
  return [...new Set(paths.map(withoutTail).filter((path) => !isPattern(path)))].sort();
}

export function patternsAmong(paths: readonly string[]): string[] {
  return paths.filter((path) => isPattern(withoutTail(path)));
}

function withoutTail(path: string): string {
  return path.replace(/(?:\/\*\*)?\/*$/, '') || '/';
}

function isPattern(path: string): boolean {
  return /[*?[\]{}\\]/.test(path);
}

/** Protected paths, spelled out for every folder that may be written; what is not in one of them is shut anyway. */
export function denyWriteRules(protectedPaths: readonly string[], write: readonly string[]): string[] {
  const folders = concretePaths(write);
  const rules = protectedPaths.flatMap((path) => spelledOut(path, folders));
  // Where a folder is not named from the project, it may hold the project.
  const isInside = folders.every((folder) => isWithin(folder, ['.']));
  const needed = rules.filter((rule) => !rule.startsWith('./') || !isInside || isWithin(rule, folders));
  return folders.length === 0 ? [] : [...new Set(needed)].sort();
}

function spelledOut(path: string, folders: readonly string[]): string[] {
  const plain = withoutTail(path.replace(/^\*\*\//, ''));
  if (path.startsWith('!') || plain === '/') return [];
  if (plain.startsWith('~') || plain.startsWith('./')) return [plain];
  if (plain.startsWith('/')) return [plain, `.${plain}`];
  if (plain.includes('/') && !path.startsWith('**/')) return [`./${plain}`];
  return [`./${plain}`, ...folders.flatMap((folder) => [join(folder, plain), join(folder, `**/${plain}`)])];
}

/** On Linux srt holds literal paths only, so these protected paths have gaps inside the writable folders. */
export function gapsOnLinux(protectedPaths: readonly string[], write: readonly string[]): string[] {
  if (concretePaths(write).length === 0) return [];
  return protectedPaths.filter((path) => {
    const plain = withoutTail(path);
    return path.startsWith('!') || isPattern(plain) || !plain.includes('/');
  });
}

/** True where the path is one of these or lies inside one, as far as its text tells. */
export function isWithin(path: string, folders: readonly string[]): boolean {
  const parts = partsOf(path);
  if (parts.includes('..')) return false;
  return folders.some((folder) => partsOf(folder).every((part, index) => part === parts[index]));
}

/** Starts with `/`, `~` or `.`, so that paths of different roots never lie inside each other. */
function partsOf(path: string): string[] {
  const root = path.startsWith('/') ? '/' : path.startsWith('~') ? '~' : '.';
  const rest = withoutTail(path).replace(/^~[^/]*/, '');
  return [root, ...rest.split('/').filter((part) => part !== '' && part !== '.')];
}

function join(folder: string, name: string): string {
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}
