import { isRecord } from '../../../source/record.ts';
import type { ImportFile, Reading } from '../../define.ts';
import { countIn } from '../flags.ts';
import type { YamlMap } from '../yaml.ts';
import { partOf } from './part.ts';
import type { AgentRun, Step } from './run.ts';
import { type Leak, writtenOut } from './secrets.ts';
import { runsOf } from './steps.ts';
import type { Triggers } from './triggers.ts';

/** The agent of one job; none of its steps runs one: nothing. */
export function readJob(
  source: ImportFile,
  yaml: YamlMap,
  triggers: Triggers,
  id: string,
  job: Record<string, unknown>,
): Reading {
  const steps = Array.isArray(job.steps) ? job.steps : [];
  const leaks: Leak[] = [];
  const runs = steps.flatMap((step: unknown, i): AgentRun[] => {
    if (!isRecord(step)) return [];
    const found = runsOf(stepOf(source, yaml, triggers.events, ['jobs', id, 'steps', i], step));
    if (found.length === 0) return [];
    for (const key of ['with', 'env']) leaks.push(...writtenOut(yaml, ['jobs', id, 'steps', i, key], step[key]));
    const minutes = countIn(step['timeout-minutes'] ?? (isRecord(step.with) ? step.with.timeout_minutes : undefined));
    return found.map((run) =>
      minutes === undefined ? run : { ...run, limits: { ...run.limits, sessionMinutes: minutes } },
    );
  });
  if (runs.length === 0) return { parts: [], problems: [] };
  leaks.push(...writtenOut(yaml, ['env'], yaml.value.env), ...writtenOut(yaml, ['jobs', id, 'env'], job.env));
  const problems = [...leaks.map(({ problem }) => problem), ...runs.flatMap((run) => run.problems)];
  return { parts: [partOf(source, { yaml, triggers, id, job, runs, leaks: leaks.map(({ name }) => name) })], problems };
}

function stepOf(
  { beside }: ImportFile,
  yaml: YamlMap,
  events: readonly string[],
  path: (string | number)[],
  step: Record<string, unknown>,
): Step {
  return {
    uses: typeof step.uses === 'string' ? step.uses : '',
    inputs: isRecord(step.with) ? step.with : {},
    run: typeof step.run === 'string' ? step.run : '',
    place: (...more) => yaml.place(...path, ...more),
    events,
    textOf(path) {
      if (path === '' || path.length > 300 || path.includes('\n') || /\$|^[/~]|(?:^|\/)\.\.(?:\/|$)/.test(path))
        return undefined;
      const text = beside(path);
      return text.state === 'ok' ? text.value : undefined;
    },
  };
}
