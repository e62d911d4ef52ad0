import type { Assessment } from '../model/assessment.ts';
import { type Flags, stakes } from './command-line.ts';

export interface NextStep {
  command: string;
  /** What it does, after `to`. */
  purpose: string;
}

/** The one command to run now. */
export function nextStep({ file, questions, controls }: Assessment, where: Flags = {}): NextStep {
  if (questions.length > 0)
    return { command: stakes('assess', file, where), purpose: 'see the tier with your answers in the file' };
  const purpose = controls.missing.length > 0 ? 'write what is missing' : 'write the policy for your engines';
  return { command: stakes('generate', file, where), purpose };
}
