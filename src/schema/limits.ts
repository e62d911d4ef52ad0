import type { Limits } from '../model/manifest.ts';
import { closed, count, type JsonSchema } from './json-schema.ts';

const usd = (description: string): JsonSchema => ({ type: 'number', exclusiveMinimum: 0, description });

export const limits: JsonSchema = closed<Limits>(
  'Ceilings, enforced where a target can. Absent: each one is not limited.',
  {
    usdPerDay: usd('US dollars of model spend a day. Absent: not capped.'),
    usdPerSession: usd('US dollars of model spend a session. Absent: not capped.'),
    toolUsdPerDay: usd('US dollars that tools spend a day, from their `cost`. Absent: not capped.'),
    turnsPerSession: count('Model turns a session. Absent: not limited.'),
    tokensPerSession: count('Model tokens a session. Absent: not limited.'),
    callsPerMinute: count('Tool calls a minute. Absent: not limited.'),
    repeatsPerCall: count(
      'How often the same call with the same arguments may be repeated in a session. Absent: not limited.',
    ),
    delegationDepth: {
      type: 'integer',
      minimum: 0,
      description: 'How deep subagents may start subagents. Absent: not limited.',
    },
    subagentsPerSession: {
      type: 'integer',
      minimum: 0,
      description: 'Subagents started in a session. Absent: not limited.',
    },
    concurrentSubagents: {
      type: 'integer',
      minimum: 0,
      description: 'Subagents running at the same time. Absent: not limited.',
    },
    sessionMinutes: count('Minutes a session may last. Absent: not limited.'),
  },
);
