import { resolve } from 'node:path';
import { diskComplaint } from '../bundle/disk.ts';
import type { LintView } from '../model/finding.ts';
import { plainPaint, type ReportContext } from '../report/context.ts';
import { formats } from '../report/lint/formats.generated.ts';
import { didYouMean } from '../source/suggest.ts';
import { writeWhole } from '../source/write-whole.ts';

/** A format that is written to a file beside what is printed. */
export interface Output {
  format: keyof typeof formats;
  file: string;
}

export function outputsOf(pairs: readonly string[]): { outputs: Output[] } | { wrong: string } {
  const outputs: Output[] = [];
  for (const pair of pairs) {
    const cut = pair.indexOf('=');
    const [name, file] = [pair.slice(0, cut), pair.slice(cut + 1)];
    if (cut < 1 || file === '') return { wrong: `\`--output ${pair}\` is not of the form \`format=file\`` };
    if (!Object.hasOwn(formats, name)) {
      const help = didYouMean(name, Object.keys(formats));
      return { wrong: `there is no format \`${name}\`${help ? `; ${help}` : ` (${Object.keys(formats).join(', ')})`}` };
    }
    outputs.push({ format: name as keyof typeof formats, file });
  }
  return { outputs };
}

/** Writes each file whole or not at all; what could not be written, in words. */
export async function writeOutputs(
  outputs: readonly Output[],
  view: LintView,
  { cwd, ...context }: ReportContext & { cwd: string },
): Promise<string[]> {
  const complaints: string[] = [];
  for (const { format: name, file } of outputs) {
    const { format } = await formats[name]();
    try {
      writeWhole(resolve(cwd, file), format(view, { ...context, paint: plainPaint }));
    } catch (error) {
      complaints.push(`\`${file}\` cannot be written: ${diskComplaint(error)}`);
    }
  }
  return complaints;
}
