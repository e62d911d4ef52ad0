import type { McpServer } from '../model/manifest.ts';

/** What `sh -c` is given to start a program (the words after it) in a folder (the word before them). */
const IN_FOLDER = 'cd -- "$0" && exec "$@"';

/** The words that start a program in a folder, for what can start programs only where it is itself. */
export function inFolder(folder: string, start: readonly string[]): string[] {
  return ['/bin/sh', '-c', IN_FOLDER, folder, ...start];
}

/** A server without the gate that stands in front of it; undefined: none does. */
export function behindGate({
  command,
  args = [],
}: McpServer): Pick<McpServer, 'command' | 'args' | 'url' | 'cwd'> | undefined {
  const words = [command ?? '', ...args];
  const at = words.findIndex((word, i) => word === 'gate' && isStakes(words[i - 1]));
  if (at < 0 || at > MOST_BEFORE) return undefined;
  const end = words.indexOf('--', at);
  const options = words.slice(at + 1, end < 0 ? undefined : end);
  const url = options.find((_, i) => options[i - 1] === '--upstream') ?? joined(options, '--upstream=');
  if (url !== undefined) return { url };
  const start = end < 0 ? [] : words.slice(end + 1);
  if (start[0] === undefined) return undefined;
  if (start[0] !== '/bin/sh' || start[2] !== IN_FOLDER) return { command: start[0], args: start.slice(1) };
  const [folder, program, ...rest] = start.slice(3);
  return folder === undefined || program === undefined
    ? undefined
    : { command: program, args: rest, cwd: folder.replace(/^\$\{workspaceFolder\}\//, '') };
}

/** `npx --no-install stakes gate`, `node node_modules/stakes/bin/stakes.js gate`: nobody writes more before it. */
const MOST_BEFORE = 6;

function isStakes(word = ''): boolean {
  return /^(?:.*[\\/])?stakes(?:\.js|\.cmd|@[\w.^~-]+)?$/.test(word);
}

function joined(options: readonly string[], prefix: string): string | undefined {
  return options.find((option) => option.startsWith(prefix))?.slice(prefix.length);
}
