import type { QuestionMetrics } from '../../model/audit-metrics.ts';
import type { Question } from '../questions.ts';

export function questionMetrics(asked: readonly Question[]): QuestionMetrics {
  const seconds = asked.filter(({ answered }) => answered).map((question) => question.seconds);
  const answered = seconds.length;
  return {
    answered,
    failed: asked.length - answered,
    meanSeconds: answered === 0 ? null : toMilliseconds(seconds.reduce((sum, each) => sum + each, 0) / answered),
    longestSeconds: answered === 0 ? null : toMilliseconds(seconds.reduce((most, each) => Math.max(most, each), 0)),
  };
}

const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;
