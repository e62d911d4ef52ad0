import type { Limits } from '../../../model/manifest.ts';
import type { Place } from '../../../model/place.ts';
import { pointerOf } from '../../../source/pointer.ts';
import { isRecord } from '../../../source/record.ts';
import { holdsSecret } from '../../../source/secrets.ts';
import type { ImportFile, Part } from '../../define.ts';
import { countIn } from '../flags.ts';
import { serversFor } from '../named-servers.ts';
import { credentialsOf } from './credentials.ts';
import { joined } from './join.ts';
import { type AgentJob, type AgentRun, tell } from './run.ts';

/** One job that runs an agent, as what it says of it. */
export function partOf(source: ImportFile, one: AgentJob): Part {
  const { yaml, triggers, id, job, runs } = one;
  const place = yaml.place('jobs', id);
  const { tools, mcpServers, servers: reach, models, limits, notes } = joined(runs);
  const credentials = credentialsOf(one, notes);
  const minutes = minutesOf(job, runs);
  const environment = environmentOf(job, notes);
  const untrusted = triggers.untrusted || runs.some(({ byStrangers }) => byStrangers);
  if (runs.some(({ byStrangers }) => byStrangers)) {
    notes['/inputs'] = ['people without rights in the repository, or any bot, can start it'];
  }
  const servers = serversFor(tools, mcpServers);
  const bounds: Limits = { ...limits, ...(minutes === undefined ? {} : { sessionMinutes: minutes }) };
  const said: Part['said'] = {
    agent: { name: nameOf(yaml.value.name, job.name ?? id), ...environment },
    // Nobody sits before it: what is not let through is refused, and everything else lands.
    autonomy: { ...(triggers.initiation ? { initiation: triggers.initiation } : {}), review: 'none' },
    ...(untrusted ? { inputs: { untrusted: true } } : {}),
    ...(models ? { models } : {}),
    ...(Object.keys(servers).length > 0 ? { mcpServers: servers } : {}),
    ...(Object.keys(reach).length > 0 ? { servers: reach } : {}),
    tools,
    credentials,
    ...(Object.keys(bounds).length > 0 ? { limits: bounds } : {}),
  };
  const from: Record<string, Place> = { '/agent': place, '/autonomy': yaml.place('on') };
  for (const run of runs) for (const tool of Object.keys(run.tools)) from[pointerOf('tools', tool)] ??= run.place;
  for (const name of Object.keys(credentials)) from[pointerOf('credentials', name)] ??= place;
  notes['/agent'] = [
    `runs ${[...new Set(runs.map(({ host }) => host))].join(', ')} on ${triggers.events.join(', ') || 'nothing that is named'}`,
    ...(notes['/agent'] ?? []),
  ];
  return {
    host: 'github-actions',
    folder: source.folder,
    name: partName(source.file, id),
    said,
    from,
    notes: Object.fromEntries(
      Object.entries(notes)
        .filter(([, lines]) => lines.length > 0)
        .map(([pointer, lines]) => [pointer, lines.map(shown).join('; ')]),
    ),
  };
}

/** Nothing that a stranger wrote into a workflow gets around the comment it is shown in. */
const shown = (line: string) =>
  holdsSecret(line) ? 'left out, since it holds a secret' : line.replace(/[^\P{C}]/gu, ' ').slice(0, 600);

/** Jobs of several workflows often have the same id. */
function partName(file: string, id: string): string {
  const [, stem = '', yaml] = /([^/]*?)\.(?:yml|(yaml))$/.exec(file) ?? [];
  return stem === id && yaml === undefined ? id : `${stem}${yaml === undefined ? '' : '.yaml'}/${id}`;
}

function nameOf(workflow: unknown, job: unknown): string {
  const words = [workflow, job].filter((text): text is string => typeof text === 'string' && text !== '');
  const name = [...new Set(words)]
    .join(': ')
    .replace(/[^\P{C}]/gu, ' ')
    .replace(/\$\{\{.*?\}\}/g, '…')
    .slice(0, 200);
  return holdsSecret(name) || name.trim() === '' ? 'job' : name;
}

/** The job's, or that of the steps if each has one. */
function minutesOf(job: Record<string, unknown>, runs: readonly AgentRun[]): number | undefined {
  const own = countIn(job['timeout-minutes']);
  const steps = runs.map(({ limits }) => limits?.sessionMinutes);
  const longest = steps.every((minutes) => minutes !== undefined) ? Math.max(...steps) : undefined;
  return own !== undefined && longest !== undefined ? Math.min(own, longest) : (longest ?? own);
}

function environmentOf(
  { environment }: Record<string, unknown>,
  notes: Record<string, string[]>,
): { environment?: 'production' } {
  const name = typeof environment === 'string' ? environment : isRecord(environment) ? environment.name : undefined;
  if (typeof name !== 'string') return {};
  tell(
    notes,
    '/agent',
    `deploys to the environment \`${name.slice(0, 100)}\`, whose protection rules are not in the repository`,
  );
  // Other names say nothing for sure, and absent counts as production.
  return /^(?:prod|production|live)$/i.test(name) ? { environment: 'production' } : {};
}
