import type { Assessment } from '../model/assessment.ts';
import { shown } from './shown.ts';

export interface NextStep {
  command: string;
  /** What it does, after `to`. */
  purpose: string;
}

/** The one command to run now. */
export function nextStep({ file, questions, controls }: Assessment): NextStep {
  const word = shellWord(file);
  if (questions.length > 0)
    return { command: `stakes assess ${word}`, purpose: 'see the tier with your answers in the file' };
  const purpose = controls.missing.length > 0 ? 'write what is missing' : 'write the policy for your engines';
  return { command: `stakes generate ${word}`, purpose };
}

/** A file name that a shell takes as one word. */
function shellWord(text: string): string {
  const word = shown(text.startsWith('-') && text !== '-' ? `./${text}` : text, 1000);
  return /^[\w./@:+,~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
