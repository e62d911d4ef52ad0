import { findConfig } from '../config/find.ts';
import type { Organisation } from '../config/organisation.ts';
import type { Loaded, Problem } from '../model/place.ts';
import { type Files, onDisk } from '../source/files.ts';
import type { Invocation } from './command.ts';
import { projectRoot } from './project-root.ts';

/** What the configuration that was named or the nearest one says; `texts` takes what was read, for code frames. */
export async function findOrganisation(
  { config }: Invocation['options'],
  cwd: string,
  texts: Map<string, string>,
  from: Files = onDisk,
): Promise<Loaded<Organisation | undefined>> {
  const root = projectRoot(cwd) ?? cwd;
  const path = config === false ? undefined : typeof config === 'string' ? config : findConfig(cwd, root, from);
  // Where there is no configuration, nothing that reads one is loaded.
  if (path === undefined) return { state: 'ok', value: undefined };
  return (await import('./configured.ts')).organisationAt(path, { cwd, root, texts, from });
}

/** May this be generated for? The policy always: the other files are checked against it. */
export function isAllowed({ id }: { id: string }, organisation: Organisation | undefined): boolean {
  return id === 'policy' || (organisation?.allowed?.value.includes(id) ?? true);
}

/** One problem for each target that was asked for and that the configuration does not allow. */
export function refusals(asked: readonly { id: string }[], organisation: Organisation | undefined): Problem[] {
  const allowed = organisation?.allowed;
  if (allowed === undefined) return [];
  const others = ['policy', ...allowed.value.filter((id) => id !== 'policy')].map((id) => `\`${id}\``).join(', ');
  return asked
    .filter((target) => !isAllowed(target, organisation))
    .map(({ id }) => ({
      code: 'target-not-allowed',
      message: `the configuration does not allow the target \`${id}\``,
      help: `allowed here: ${others}; whoever answers for this file can add it`,
      place: allowed.from,
    }));
}
