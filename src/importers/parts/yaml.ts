import type { Place, Problem } from '../../model/place.ts';
import { parseSource } from '../../source/document.ts';
import { pointerOf } from '../../source/pointer.ts';
import { isRecord } from '../../source/record.ts';

/** One YAML document that is a map: its value, and where each part of it stands. */
export interface YamlMap {
  value: Record<string, unknown>;
  place(...path: (string | number)[]): Place;
}

/** Every document of a file that is a map; the others are none of this importer's. */
export function readYaml(file: string, text: string): YamlMap[] | { problems: Problem[] } {
  const source = parseSource(file, text);
  if (source.state === 'empty') return [];
  if (source.state !== 'ok') return { problems: source.problems };
  return source.value.documents.flatMap(({ value, place }) =>
    isRecord(value) ? [{ value, place: (...path) => place(pointerOf(...path), 'key') }] : [],
  );
}
