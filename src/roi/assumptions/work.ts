import { type Default, from } from './define.ts';
import { CONTEXT, EVANS, FATIGUE, JUDGEMENT, PROMPTS, TOOL_TOKENS } from './sources.ts';

/** People: reviewing, undoing, auditing, rotating; and how the model is called. */
export const WORK = {
  reviewSeconds: from(JUDGEMENT, 8, 30, 180),
  reviewers: from(JUDGEMENT, 1, 2, 5),
  catchRate: from(EVANS, 0.2, 0.6, 0.88),
  fatigueAt: from(FATIGUE, 15, 40, 120),
  wrongDenials: from(PROMPTS, 0.002, 0.01, 0.07),
  denialMinutes: from(JUDGEMENT, 3, 10, 45),
  waitMinutes: from(JUDGEMENT, 0.5, 5, 60),
  delayCost: from(JUDGEMENT, 0, 1, 10),

  slipRate: from(JUDGEMENT, 0.002, 0.01, 0.05),
  reworkMinutes: from(JUDGEMENT, 3, 15, 60),
  recordsRework: from(JUDGEMENT, 0.05, 0.2, 0.4),
  auditCycles: from(JUDGEMENT, 1, 2, 4),
  auditHours: from(JUDGEMENT, 4, 16, 60),
  recordsAudit: from(JUDGEMENT, 0.3, 0.6, 0.85),
  signedAudit: from(JUDGEMENT, 0.05, 0.2, 0.5),
  rotations: from(JUDGEMENT, 1, 2, 4),
  rotationHours: from(JUDGEMENT, 0.5, 2, 8),
  handMinutes: from(JUDGEMENT, 1, 5, 20),
  handShare: from(JUDGEMENT, 0.05, 0.2, 0.6),

  turnsPerCall: from(JUDGEMENT, 1, 1.2, 2),
  contextTokens: from(JUDGEMENT, 4000, 15_000, 60_000),
  outputTokens: from(JUDGEMENT, 100, 400, 1500),
  toolTokens: from(TOOL_TOKENS, 200, 700, 1500),
  idleTools: from(JUDGEMENT, 0, 5, 30),
  contextCut: from(CONTEXT, 0.1, 0.3, 0.84),
  smallerShare: from(JUDGEMENT, 0.2, 0.6, 0.95),
} as const satisfies Record<string, Default>;
