import { isReference, referenced } from './references.ts';
import { isSecretName, variable } from './server-env.ts';
import { cleanUrl } from './server-url.ts';
import { type Cleaning, headerValue } from './written-out.ts';

const SECRET_FLAG = /^--?(?:[a-z-]*-)?(?:token|secret|password|passwd|api-?key|access-?key|private-?key|pat|bearer)$/i;
const HEADER_FLAG = /^(?:--header|-H)$/;
/** `-e` of containers. */
const VARIABLE_FLAG = /^(?:-e|--env)$/;
const ASSIGNMENT = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/;
const HEADER = /^([A-Za-z0-9-]+):\s*([\s\S]*)$/;

/** The command line of a server, without the secrets on it. */
export function argumentsOf(args: readonly string[], into: Cleaning): string[] {
  return args.map((text, i) => {
    const [before = '', path] = [args[i - 1], ['args', i]];
    const flag = /^(--?[\w-]+)=([\s\S]*)$/.exec(text);
    if (flag) return `${flag[1]}=${cleanValue(flag[1] ?? '', flag[2] ?? '', into, ...path)}`;
    return cleanValue(before, text, into, ...path);
  });
}

/** A value, by the flag before it. */
function cleanValue(flag: string, text: string, into: Cleaning, ...path: (string | number)[]): string {
  if (text.startsWith('-')) return into.clean(text, 'a secret in `args`', into.own('secret'), ...path);
  const header = HEADER.exec(text);
  if (header && HEADER_FLAG.test(flag)) {
    return `${header[1]}: ${headerValue(header[1] ?? '', header[2] ?? '', into, ...path)}`;
  }
  // A bare name is taken from the client's environment.
  if (VARIABLE_FLAG.test(flag) && isSecretName(text)) {
    into.references.add(text);
    return text;
  }
  const assignment = ASSIGNMENT.exec(text);
  if (assignment) {
    const [, key = '', value = ''] = assignment;
    return `${key}=${variable(key, value, into, ...path)}`;
  }
  if (SECRET_FLAG.test(flag)) {
    const spelled = referenced(text);
    const clean = isReference(spelled) ? spelled : into.literal('a secret in `args`', into.own('secret'), ...path);
    into.uses(clean);
    return clean;
  }
  return cleanUrl(text, into, 'args', ...path);
}
