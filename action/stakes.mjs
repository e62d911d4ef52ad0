import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { child } from './child.mjs';

/**
 * All that is ever run of stakes. What a stranger wrote is only read: nothing here starts a server, an engine or a gate,
 * or writes into the checkout.
 */
export const LINES = {
  diff: ['diff', '--format', 'human'],
  lint: ['lint', '--format', 'human'],
  check: ['generate', '--check', '--format', 'json'],
};

/** How stakes is run in one folder, with its reports in another. */
export function stakesOf(env, { program, cwd, reports }) {
  return (line, args, formats = []) => {
    const outputs = formats.flatMap((format) => ['--output', `${format}=${join(reports, `${line}.${format}`)}`]);
    const ran = child(env, process.execPath, [program, ...LINES[line], ...args, ...outputs], { cwd });
    return {
      ...ran,
      file: (format) => join(reports, `${line}.${format}`),
      /** Undefined: there is none, because it came to no report. */
      report(format) {
        try {
          return readFileSync(join(reports, `${line}.${format}`), 'utf8');
        } catch {
          return undefined;
        }
      },
    };
  };
}
