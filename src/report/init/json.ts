import type { InitItem, InitReport } from '../../model/init.ts';
import type { Format } from '../context.ts';
import { problemItem } from '../problem-item.ts';

/** `stakes/init@1`. */
export const format: Format<InitReport> = ({ result, errors, ...report }) => {
  const item: InitItem | null = result && {
    agent: result.agent,
    file: result.file,
    state: result.state,
    tier: result.assessment.tier,
    floor: result.assessment.floor,
    ceiling: result.assessment.ceiling,
    stage: result.assessment.stage,
    controls: { ...result.controls, missing: result.assessment.controls.missing.map(({ id }) => id) },
    lower: result.lower,
    recommended: result.recommended,
    questions: result.assessment.questions.length,
    manifest: result.text === '' ? null : result.text,
  };
  return `${JSON.stringify({ ...report, result: item, errors: errors.map(problemItem) }, null, 2)}\n`;
};
