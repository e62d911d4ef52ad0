import type { Problem } from '../model/place.ts';
import type { SourceDocument } from '../source/document.ts';
import { few } from '../source/few.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { nearest } from '../source/suggest.ts';
import { complaintOf } from './complaints.ts';
import { type SchemaError, validateAgent } from './validator.generated.ts';
import { kindOf } from './value-words.ts';

/** Errors that are put in the order of the file; a file with more is not told in order. */
const MOST = 200;
const NEEDED = ['schemaVersion', 'agent', 'tools'];

/** Everything in a document that the schema refuses, one problem a fault, each in its place, in the order of the file. */
export function schemaProblems(document: SourceDocument): Problem[] {
  const { value, file } = document;
  if (!isRecord(value)) {
    const message = `a manifest is a map of keys to values, and this is ${kindOf(value)}`;
    return [
      {
        code: 'wrong-type',
        message,
        help: `start with ${NEEDED.map((key) => `\`${key}\``).join(', ')}`,
        place: document.place('', 'value'),
      },
    ];
  }
  if (NEEDED.every((key) => !Object.hasOwn(value, key))) {
    const message = `this is not an agent manifest: it has none of ${NEEDED.map((key) => `\`${key}\``).join(', ')}`;
    return [
      {
        code: 'not-a-manifest',
        message,
        help: 'name manifests `*.agent.yaml`, and leave other files out',
        place: document.place('', 'key'),
      },
    ];
  }
  if (validateAgent(value)) return [];
  const errors = withoutEchoes(validateAgent.errors ?? []);
  const told = errors.slice(0, MOST).map((error) => problemOf(error, document));
  const sorted = unique(told).sort((a, b) => lineOf(a) - lineOf(b) || columnOf(a) - columnOf(b));
  return few([...sorted, ...errors.slice(MOST)], file, (item) =>
    'keyword' in item ? problemOf(item, document) : item,
  );
}

function problemOf(error: SchemaError, document: SourceDocument): Problem {
  const { pointer, at, ...words } = complaintOf(error, document.value);
  return { ...words, place: document.place(pointer, at) };
}

/** Errors without those that only say that another one is there: a mistyped key also makes the right one missing, and a value of the wrong type is also too small. */
function withoutEchoes(errors: readonly SchemaError[]): SchemaError[] {
  const typed = new Map<string, string[]>();
  for (const { keyword, instancePath, params } of errors) {
    if (keyword === 'additionalProperties')
      typed.set(instancePath, [...(typed.get(instancePath) ?? []).slice(0, MOST), String(params.additionalProperty)]);
  }
  const wrong = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath));
  return errors.filter(({ keyword, instancePath, propertyName, params }) => {
    if (keyword === 'if' || keyword === 'propertyNames') return false;
    if (keyword !== 'type' && propertyName === undefined && wrong.has(instancePath)) return false;
    return (
      keyword !== 'required' || !typed.get(instancePath)?.some((key) => nearest(key, [String(params.missingProperty)]))
    );
  });
}

function unique(problems: Problem[]): Problem[] {
  return [
    ...new Map(problems.map((problem) => [pointerOf(problem.place?.pointer ?? '', problem.message), problem])).values(),
  ];
}

const lineOf = ({ place }: Problem) => place?.line ?? 0;
const columnOf = ({ place }: Problem) => place?.column ?? 0;
