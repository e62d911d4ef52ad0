import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const NAME = /^segment-(\d{6,12})\.jsonl$/;

export interface SegmentFile {
  number: number;
  path: string;
}

export const segmentName = (number: number): string => `segment-${String(number).padStart(6, '0')}.jsonl`;

/** The files of a log in their order. Throws what the system says. */
export function segmentsIn(folder: string): SegmentFile[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const number = Number(NAME.exec(name)?.[1]);
      return segmentName(number) === name ? [{ number, path: join(folder, name) }] : [];
    })
    .sort((a, b) => a.number - b.number);
}
