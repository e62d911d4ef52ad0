import { diskComplaint } from '../bundle/disk.ts';
import type { Problem } from '../model/place.ts';

export function unwritable(file: string, error: unknown): Problem {
  const message = `\`${file}\` cannot be written: ${diskComplaint(error)}`;
  return { code: 'unwritable-file', message, help: 'it holds what it held before', file };
}

export const busy = (file: string, lock: string): Problem => ({
  code: 'busy',
  message: `another \`stakes apply\` is at work, so nothing was written to \`${file}\``,
  help: `run again; if none is running, delete \`${lock}\``,
  file,
});

export const changedMeanwhile = (file: string): Problem => ({
  code: 'changed-meanwhile',
  message: `\`${file}\` changed while you looked`,
  help: 'run again; nothing was written',
  file,
});

export const readOnly = (file: string): Problem => ({
  code: 'read-only',
  message: `\`${file}\` or its folder is read-only`,
  help: 'make it writable if it may change; nothing was written',
  file,
});

export const noState = (file: string): Problem => ({
  code: 'no-state-folder',
  message: `there is no folder to keep the original of \`${file}\` in`,
  help: 'set `XDG_STATE_HOME` or `HOME`; nothing was written',
  file,
});
