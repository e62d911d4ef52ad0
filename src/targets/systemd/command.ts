import type { Policy } from '../../model/policy.ts';
import { quoted } from '../claude-code/quoted.ts';
import { type Box, isVariable } from '../container/boxes.ts';
import { placesOf } from '../container/places.ts';
import { variablesOf } from '../kubernetes/pod.ts';
import { pathOf, stateFolder } from './names.ts';
import { argument } from './words.ts';

/** The line that starts a process: a shell that reads its credentials from files, which no list of processes shows. */
export function execStart(policy: Policy, box: Box): string {
  const secrets = variablesOf(box);
  const own = Object.entries(box.server?.env ?? {})
    .filter(([name, value]) => isVariable(name) && value !== `\${${name}}`)
    .sort();
  const [folder] = box.cwd === null ? [] : placesOf([box.cwd]);
  const words = box.server === null ? [] : [box.server.command ?? '', ...box.server.args];
  const lines = [
    'set -eu',
    ...secrets.map((name) => `${name}=$(cat "$CREDENTIALS_DIRECTORY"/${name}); export ${name}`),
    ...own.map(([name, value]) => `${name}=${filled(value, secrets)}; export ${name}`),
    ...(folder === undefined ? [] : [`cd -- ${quoted(pathOf(policy, folder))}`]),
    `exec ${box.server === null ? `${stateFolder(policy)}/agent` : words.map((one) => filled(one, secrets)).join(' ')}`,
  ];
  return `/bin/sh -c ${argument(lines.join('; '))}`;
}

/** One word of the shell, with the variables that are among `names` filled in. */
function filled(text: string, names: readonly string[]): string {
  const parts = text.replaceAll('\0', '').split(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/);
  return parts
    .map((part, at) => {
      if (at % 2 === 0) return part === '' && parts.length > 1 ? '' : quoted(part);
      return names.includes(part) ? `"$${part}"` : quoted(`\${${part}}`);
    })
    .join('');
}
