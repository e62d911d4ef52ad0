import { serverOf } from '../manifest/names.ts';
import type { TuneEvidence } from '../model/tune.ts';
import type { AgentView } from './define.ts';
import { counted, evidenceOf, grantedDays, lengthOf } from './evidence.ts';
import { LEAST_CALLS, LEAST_DAYS, LEAST_EXPECTED } from './thresholds.ts';

export interface NeverUsed {
  evidence: TuneEvidence;
  because: string;
  /** Why that is not enough. */
  held?: string;
}

/** A tool of which no call is on record, not even a refused one; undefined: there is one, or nothing is on record at all. */
export function neverUsed(view: AgentView, tool: string): NeverUsed | undefined {
  const { use, settings, agent } = view;
  if (use.calls === 0 || (use.tools.get(tool)?.calls ?? 0) > 0) return undefined;
  const days = grantedDays(view, tool);
  const span = lengthOf(days);
  const evidence = evidenceOf({ ...use, calls: 0, shadow: 0 }, days.length);
  const because = `no call of it is on record in ${counted(days.length, 'day')} with calls of the agent (${counted(span, 'day')} from the first to the last), so that at most about one in ${Math.max(1, Math.floor(days.length / 3))} days has one`;
  const held = (reason: string): NeverUsed => ({ evidence, because, held: reason });
  if (days.length === 0)
    return held('no policy that is here granted it on a day with records: give those that decided');
  if (span < settings.minDays || days.length < LEAST_DAYS)
    return held(
      `the records of policies that granted it cover ${counted(span, 'day')}, ${days.length} of them with calls, and ${settings.minDays} and ${LEAST_DAYS} are needed`,
    );
  if (use.calls < LEAST_CALLS)
    return held(`${counted(use.calls, 'call')} of the agent are on record, and ${LEAST_CALLS} are needed`);
  const server = serverOf(tool);
  const seen = use.servers.get(server ?? '');
  if (seen === undefined || seen.last - seen.first + 1 < settings.minDays)
    return held(
      server === undefined
        ? "calls of the host's own tools are not on record over that time, so nobody knows whether it was used"
        : `calls of \`${server}\` are not on record over that time: they may have passed no gate`,
    );
  const expected = (agent.manifest.tools[tool]?.callsPerDay ?? Number.POSITIVE_INFINITY) * days.length;
  if (expected < LEAST_EXPECTED)
    return held(`\`callsPerDay\` says that it is needed less than ${LEAST_EXPECTED} times in so many days`);
  return { evidence, because };
}
