import type { Assessment } from '../model/assessment.ts';
import { stakes } from './command-line.ts';

export interface NextStep {
  command: string;
  /** What it does, after `to`. */
  purpose: string;
}

/** The one command to run now. */
export function nextStep({ file, questions, controls }: Assessment): NextStep {
  if (questions.length > 0)
    return { command: stakes('assess', file), purpose: 'see the tier with your answers in the file' };
  const purpose = controls.missing.length > 0 ? 'write what is missing' : 'write the policy for your engines';
  return { command: stakes('generate', file), purpose };
}
