import type { Place, Problem } from '../../../model/place.ts';
import { isRecord } from '../../../source/record.ts';
import { readYaml, type YamlMap } from '../yaml.ts';

/** A resource of kagent, as a cluster would be given it. */
export interface Resource {
  kind: string;
  name: string;
  namespace?: string;
  spec: Readonly<Record<string, unknown>>;
  place(...path: (string | number)[]): Place;
}

const MOST_DOCUMENTS = 500;
const GROUP = /^kagent\.dev\//;

/** The resources of a file, in order. A document that is broken costs only itself, and other groups are none of ours. */
export function resourcesIn(file: string, text: string): { resources: Resource[]; problems: Problem[] } {
  const whole = readYaml(file, text);
  const { maps, problems } = 'problems' in whole ? oneByOne(file, text) : { maps: whole, problems: [] };
  return { resources: maps.flatMap(resourcesOf), problems };
}

function oneByOne(file: string, text: string): { maps: YamlMap[]; problems: Problem[] } {
  const chunks = text.split(/^(?=---(?:\s|$))/m).slice(0, MOST_DOCUMENTS);
  const maps: YamlMap[] = [];
  const problems: Problem[] = [];
  let line = 0;
  for (const [document, chunk] of chunks.entries()) {
    const shift = line;
    const moved = (place: Place): Place => ({
      ...place,
      document,
      line: place.line + shift,
      endLine: place.endLine + shift,
    });
    line += chunk.split('\n').length - 1;
    if (!chunk.includes('kagent.dev/')) continue;
    const read = readYaml(file, chunk);
    if (!('problems' in read)) {
      maps.push(...read.map(({ value, place }) => ({ value, place: (...path: Path) => moved(place(...path)) })));
    } else if (chunk.includes('{{'))
      problems.push(
        templateProblem(moved({ file, line: 1, column: 1, endLine: 1, endColumn: 1, document, pointer: '' })),
      );
    else problems.push(...read.problems.map((one) => (one.place ? { ...one, place: moved(one.place) } : one)));
  }
  return { maps, problems };
}

type Path = (string | number)[];

function templateProblem(place: Place): Problem {
  const message = 'this is a template, and no YAML before it is filled in';
  return { code: 'template', message, help: 'import what `helm template` prints', place };
}

function resourcesOf({ value, place }: YamlMap): Resource[] {
  if (value.kind === 'List' && Array.isArray(value.items)) {
    return value.items
      .slice(0, MOST_DOCUMENTS)
      .flatMap((item, i) => (isRecord(item) ? resourceOf(item, (...path) => place('items', i, ...path)) : []));
  }
  return resourceOf(value, place);
}

function resourceOf(value: Readonly<Record<string, unknown>>, place: YamlMap['place']): Resource[] {
  const { apiVersion, kind, metadata, spec } = value;
  if (typeof apiVersion !== 'string' || !GROUP.test(apiVersion) || typeof kind !== 'string') return [];
  const { name, namespace } = isRecord(metadata) ? metadata : {};
  return [
    {
      kind,
      name: typeof name === 'string' && name !== '' ? name : 'unnamed',
      ...(typeof namespace === 'string' && namespace !== '' ? { namespace } : {}),
      spec: isRecord(spec) ? spec : {},
      place,
    },
  ];
}
