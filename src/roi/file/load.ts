import type { Loaded, Place, Problem } from '../../model/place.ts';
import type { RoiRange, RoiSource } from '../../model/roi.ts';
import type { RoiFile, RoiFileInputs, RoiFilePrice } from '../../model/roi-file.ts';
import type { RoiInput } from '../../model/roi-inputs.ts';
import { parseSource } from '../../source/document.ts';
import { few } from '../../source/few.ts';
import { type Files, onDisk } from '../../source/files.ts';
import { pointerOf } from '../../source/pointer.ts';
import { redactAll } from '../../source/secrets.ts';
import type { Given } from '../given.ts';
import type { PriceList } from '../prices/define.ts';
import { validateRoiFile } from './validator.generated.ts';
import { problemOf } from './words.ts';

/** What a file says instead of the defaults. */
export interface RoiInputs {
  given(agent: string): Given;
  /** Ids of agents that it has figures for. */
  agents: string[];
}

/** `shown`: how messages name it. */
export function loadRoiFile(
  path: string,
  shown: string,
  texts: Map<string, string>,
  from: Files = onDisk,
): Loaded<RoiInputs> {
  const text = from.read(path, shown);
  if (text.state !== 'ok') return { ...text, problems: redactAll(text.problems) };
  texts.set(shown, text.value);
  const parsed = parseRoiFile(shown, text.value);
  return parsed.state === 'ok' ? parsed : { ...parsed, problems: redactAll(parsed.problems) };
}

export function parseRoiFile(shown: string, text: string): Loaded<RoiInputs> {
  const source = parseSource(shown, text);
  // A file of comments alone says nothing, which is what it is for.
  if (source.state === 'empty') return { state: 'ok', value: inputsOf(shown, {}) };
  if (source.state !== 'ok') return source;
  const [document, second] = source.value.documents;
  if (!document) return { state: 'ok', value: inputsOf(shown, {}) };
  if (second) {
    const message = `\`${shown}\` holds several documents, and the inputs are one`;
    return { state: 'invalid', problems: [{ code: 'too-many-documents', message, place: second.place('') }] };
  }
  if (!validateRoiFile(document.value))
    return {
      state: 'invalid',
      problems: few(validateRoiFile.errors ?? [], shown, (error) => problemOf(error, document)),
    };
  const file = document.value as RoiFile;
  const disordered = few(wrongRanges(file), shown, (each) => orderProblem(each, document.place));
  return disordered.length > 0
    ? { state: 'invalid', problems: disordered }
    : { state: 'ok', value: inputsOf(shown, file) };
}

interface Wrong {
  name: string;
  pointer: string;
  range: RoiRange;
}

function wrongRanges({ inputs, agents }: RoiFile): Wrong[] {
  const among = (map: RoiFileInputs | null | undefined, ...path: string[]): Wrong[] =>
    Object.entries(map ?? {}).flatMap(([name, range]) =>
      typeof range === 'number' || (range.low <= range.likely && range.likely <= range.high)
        ? []
        : [{ name, pointer: pointerOf(...path, name), range }],
    );
  return [
    ...among(inputs, 'inputs'),
    ...Object.entries(agents ?? {}).flatMap(([agent, map]) => among(map, 'agents', agent)),
  ];
}

function orderProblem(
  { name, pointer, range: { low, likely, high } }: Wrong,
  place: (pointer: string) => Place,
): Problem {
  const key = low > likely ? 'low' : 'likely';
  const [less, more] = low > likely ? ['low', 'likely'] : ['likely', 'high'];
  const message = `\`${name}\` has a \`${less}\` of ${key === 'low' ? low : likely} above its \`${more}\` of ${key === 'low' ? likely : high}`;
  return { code: 'wrong-range', message, help: '`low` ≤ `likely` ≤ `high`', place: place(`${pointer}/${key}`) };
}

function inputsOf(shown: string, { inputs, agents, prices }: RoiFile): RoiInputs {
  const own = new Map(Object.entries(agents ?? {}));
  const lists = Object.entries(prices ?? {}).map(([name, price]) => listOf(shown, name, price));
  return {
    agents: [...own.keys()],
    given: (agent) => ({
      inputs: { ...ranges(shown, inputs), ...ranges(shown, own.get(agent)) },
      prices: lists,
    }),
  };
}

function ranges(shown: string, map: RoiFileInputs | null | undefined): Partial<Record<RoiInput, RoiRange & RoiSource>> {
  const entries = Object.entries(map ?? {}).map(([name, value]) => {
    const range = typeof value === 'number' ? { low: value, likely: value, high: value } : value;
    const { low, likely, high } = range;
    const source = 'source' in range && range.source ? range.source : 'names no source';
    const date = 'date' in range ? (range.date ?? '') : '';
    return [name, { low, likely, high, source: `${shown}: ${source}`, date }];
  });
  return Object.fromEntries(entries) as Partial<Record<RoiInput, RoiRange & RoiSource>>;
}

function listOf(shown: string, name: string, { input, output, smaller, source, asOf }: RoiFilePrice): PriceList {
  const slash = name.indexOf('/');
  return {
    provider: name.slice(0, slash),
    asOf: asOf ?? '',
    source: `${shown}: ${source || 'names no source'}`,
    models: { [name.slice(slash + 1)]: { input, output, ...(smaller ? { smaller } : {}) } },
  };
}
