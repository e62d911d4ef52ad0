import type { Assessment } from '../model/assessment.ts';
import { shown } from './shown.ts';

export interface NextStep {
  command: string;
  why: string;
}

/** The one command to run now. */
export function nextStep({ file, questions, controls }: Assessment): NextStep {
  if (questions.length > 0) return { command: `stakes assess ${shellWord(file)}`, why: 'once the questions are answered in the file' };
  const why = controls.missing.length > 0 ? 'writes what is missing, where an engine can enforce it' : 'writes the policy for your engines';
  return { command: `stakes generate ${shellWord(file)}`, why };
}

/** A file name that a shell takes as one word. */
function shellWord(text: string): string {
  const word = shown(text.startsWith('-') && text !== '-' ? `./${text}` : text, 1000);
  return /^[\w./@:+,~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
