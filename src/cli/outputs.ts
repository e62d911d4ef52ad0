import { statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { diskComplaint } from '../bundle/disk.ts';
import { type Format, plainPaint, type ReportContext } from '../report/context.ts';
import { onDisk } from '../source/files.ts';
import { didYouMean } from '../source/suggest.ts';
import { writeWhole } from '../source/write-whole.ts';

/** A format that is written to a file beside what is printed. */
export interface Output<Name extends string> {
  format: Name;
  file: string;
}

/** Formats of one report by their names, loaded when they are used. */
export type Formats<Name extends string, Report> = Record<Name, () => Promise<{ format: Format<Report> }>>;

export function outputsOf<Name extends string>(
  pairs: readonly string[],
  formats: Formats<Name, never>,
): { outputs: Output<Name>[] } | { wrong: string } {
  const outputs: Output<Name>[] = [];
  for (const pair of pairs) {
    const cut = pair.indexOf('=');
    const [name, file] = [pair.slice(0, cut), pair.slice(cut + 1)];
    if (cut < 1 || file === '') return { wrong: `\`--output ${pair}\` is not of the form \`format=file\`` };
    if (!Object.hasOwn(formats, name)) {
      const help = didYouMean(name, Object.keys(formats));
      return { wrong: `there is no format \`${name}\`${help ? `; ${help}` : ` (${Object.keys(formats).join(', ')})`}` };
    }
    outputs.push({ format: name as Name, file });
  }
  return { outputs };
}

/** Writes each file whole or not at all; what could not be written, in words. */
export async function writeOutputs<Name extends string, Report>(
  outputs: readonly Output<Name>[],
  formats: Formats<Name, Report>,
  view: Report,
  { cwd, ...context }: ReportContext & { cwd: string },
): Promise<string[]> {
  const complaints: string[] = [];
  for (const { format: name, file } of outputs) {
    const { format } = await formats[name]();
    try {
      writeTo(resolve(cwd, file), format(view, { ...context, paint: plainPaint }));
    } catch (error) {
      complaints.push(`\`${file}\` cannot be written: ${diskComplaint(error)}`);
    }
  }
  return complaints;
}

/** A device or a pipe is written to; anything else is put in its place whole, where a link leads to. */
function writeTo(path: string, text: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there && !there.isFile()) writeFileSync(path, text);
  else writeWhole(onDisk.real(path), text);
}
