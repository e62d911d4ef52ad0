import { Document, isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import type { Manifest } from '../model/manifest.ts';
import { pointerOf } from '../source/pointer.ts';
import type { Draft } from './assemble.ts';

/** The order in which people read a manifest. */
const ORDER = [
  'concern',
  'autonomy',
  'approvals',
  'inputs',
  'models',
  'data',
  'mcpServers',
  'servers',
  'tools',
  'network',
  'filesystem',
  'credentials',
  'limits',
  'subagents',
  'controls',
] as const satisfies readonly (keyof Manifest)[];

/** Maps that are written on one line if they fit. */
const WIDTH = 100;

/** What is known, as a manifest; `files`: of the drafts, for references to subagents. */
export function manifestOf(draft: Draft, fileOf: (id: string) => string): Manifest {
  const { agent, ...rest } = draft.said;
  const said: Record<string, unknown> = { ...rest, tools: rest.tools ?? {} };
  const subagents = draft.subagents.map((id) => [id, { manifest: fileOf(id) }]);
  if (subagents.length > 0) said.subagents = Object.fromEntries(subagents);
  const ordered = ORDER.filter((key) => said[key] !== undefined).map((key) => [key, said[key]]);
  return { schemaVersion: 1, agent: { id: draft.id, ...agent }, ...Object.fromEntries(ordered) } as Manifest;
}

/** The manifest as YAML, each part with where it comes from. */
export function manifestText(
  manifest: Manifest,
  { from, notes }: Pick<Draft, 'from' | 'notes'>,
  schema: string,
): string {
  const document = new Document(manifest);
  const files = [...new Set(Object.values(from).map(({ file }) => file))];
  document.commentBefore = [
    ` yaml-language-server: $schema=${schema}`,
    ` Imported from ${files.join(', ')}.`,
    ' What these files do not say is unknown and counts at its worst; `stakes assess` asks for it.',
  ].join('\n');
  const sourceOf = (pointer: string) => (files.length > 1 ? from[pointer]?.file : undefined);
  if (isMap(document.contents)) annotate(document.contents, '', sourceOf, notes);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function annotate(
  map: YAMLMap,
  path: string,
  sourceOf: (pointer: string) => string | undefined,
  notes: Readonly<Record<string, string>>,
): void {
  for (const { key, value } of map.items as Pair[]) {
    if (!isScalar(key)) continue;
    const at = path + pointerOf(String(key.value));
    const note = notes[at];
    if (note !== undefined) key.commentBefore = ` ${note.replace(/\s+/g, ' ')}`;
    if (isSeq(value)) value.flow = true;
    if (!isMap(value)) continue;
    if (path !== '' && JSON.stringify(value.toJSON()).length < WIDTH) {
      value.flow = true;
      // Behind it, so that it goes when the line goes.
      const source = sourceOf(at);
      if (source !== undefined) value.comment = ` ${source}`;
    } else annotate(value, at, sourceOf, notes);
  }
}
