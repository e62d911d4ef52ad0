import type { Problem } from '../model/place.ts';

/** An error of the validator in words, with where it stands. */
export interface Complaint extends Pick<Problem, 'code' | 'message' | 'help'> {
  pointer: string;
  at?: 'key' | 'value';
}

export function said(code: string, message: string, help: string | undefined, pointer: string): Complaint {
  return { code, message, ...(help ? { help } : {}), pointer };
}
