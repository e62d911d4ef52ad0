import type { CredentialFacts } from '../../../model/manifest.ts';
import { isRecord } from '../../../source/record.ts';
import { countIn } from '../flags.ts';
import { joinedScopes, scopesOf } from './permissions.ts';
import { type AgentJob, type AgentRun, tell } from './run.ts';
import { secretsIn } from './secrets.ts';

/** Every secret that the job names: what one step of it has, code in another can read from the runner. */
export function credentialsOf(
  { yaml, job, runs, leaks }: AgentJob,
  notes: AgentRun['notes'],
): Record<string, CredentialFacts> {
  const { names, all } = secretsIn([yaml.value.env, job]);
  const stated = scopesOf(job.permissions, yaml.value.permissions);
  const app = runs.flatMap(({ appScopes }) => appScopes ?? []);
  const foreign = hasForeignToken([yaml.value.env, job]);
  const scopes = !foreign && stated && (stated[0] === '*' ? stated : joinedScopes(stated, app));
  const minutes = countIn(job['timeout-minutes']);
  const token = {
    mode: 'live' as const,
    ...(scopes ? { scopes } : {}),
    // The job's token ends with it, the app's after an hour.
    ...(foreign || minutes === undefined || minutes > 1440
      ? {}
      : { ttl: `${Math.max(minutes, app.length > 0 ? 60 : 1)}m` }),
  };
  if (foreign) {
    tell(
      notes,
      '/credentials/GITHUB_TOKEN',
      'a step before makes the token, so that `permissions` of the job do not bound it',
    );
  }
  if (!stated)
    tell(
      notes,
      '/credentials/GITHUB_TOKEN',
      'no `permissions` are stated: the token has what the repository or organisation has set, which may be write access to everything',
    );
  if (all) tell(notes, '/credentials', 'every secret of the repository is passed on');
  const others = [...new Set([...names, ...leaks])].filter((name) => name !== 'GITHUB_TOKEN').slice(0, 200);
  const named = runs.flatMap(({ servers }) => Object.entries(servers.credentials ?? {}));
  // An expression may stand in the middle of a name.
  const given = Object.fromEntries(named.filter(([name]) => /^[A-Za-z_]\w*$/.test(name)));
  return {
    ...Object.fromEntries(others.map((name) => [name, {}])),
    ...given,
    GITHUB_TOKEN: { ...given.GITHUB_TOKEN, ...token },
  };
}

/** A token that another step has made, as an app's is. */
function hasForeignToken(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasForeignToken);
  if (!isRecord(value)) return false;
  return Object.entries(value).some(([key, inner]) =>
    typeof inner === 'string'
      ? /token$/i.test(key) && /\$\{\{[^}]*\b(?:steps|needs)\s*\./.test(inner)
      : hasForeignToken(inner),
  );
}
