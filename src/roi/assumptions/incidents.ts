import { type Default, from } from './define.ts';
import { AGENTDOJO, BLS, FIREWALLS, IBM_AI, IBM_DETECTION, IRIS, JUDGEMENT, REMEDIATION, RUNAWAYS } from './sources.ts';

/** How often things go wrong, what they cost, and what each measure changes about it. */
export const INCIDENTS = {
  engineerHourlyCost: from(BLS, 50, 75, 130),
  approverHourlyCost: from(BLS, 40, 75, 130),
  daysPerYear: from(JUDGEMENT, 220, 260, 365),
  unstatedCalls: from(JUDGEMENT, 1, 10, 100),
  openFactsBad: from(JUDGEMENT, 0.1, 0.5, 1),

  actionErrorRate: from(JUDGEMENT, 0.00001, 0.0001, 0.001),
  hijackTries: from(IBM_AI, 0.05, 0.5, 5),
  hijackSuccess: from(AGENTDOJO, 0.02, 0.15, 0.4),
  runaways: from(JUDGEMENT, 0.1, 1, 6),
  leakRate: from(JUDGEMENT, 0.005, 0.03, 0.15),
  actionLoss: from(JUDGEMENT, 200, 5000, 250_000),
  commandLoss: from(JUDGEMENT, 1000, 20_000, 1_000_000),
  breachConfidential: from(IRIS, 5000, 100_000, 5_000_000),
  breachRegulated: from(IRIS, 20_000, 200_000, 20_000_000),
  runawayLoss: from(RUNAWAYS, 20, 500, 47_000),
  leakLoss: from(REMEDIATION, 3000, 9000, 500_000),
  runawayCalls: from(JUDGEMENT, 20, 200, 5000),
  unstatedCallUsd: from(JUDGEMENT, 1, 50, 1000),
  stagedShare: from(JUDGEMENT, 0.001, 0.01, 0.1),

  isolationStops: from(JUDGEMENT, 0.9, 0.97, 0.995),
  sandboxShrinks: from(JUDGEMENT, 0.1, 0.3, 0.6),
  limitsShrinks: from(JUDGEMENT, 0.05, 0.2, 0.5),
  spendShrinks: from(JUDGEMENT, 0.5, 0.85, 0.98),
  tokensStops: from(JUDGEMENT, 0.5, 0.8, 0.95),
  tokensShrinks: from(JUDGEMENT, 0.1, 0.3, 0.6),
  recordsShrinks: from(IBM_DETECTION, 0.02, 0.1, 0.23),
  denyStops: from(FIREWALLS, 0.3, 0.6, 0.9),
  stagingStops: from(JUDGEMENT, 0.9, 0.97, 0.995),
} as const satisfies Record<string, Default>;
