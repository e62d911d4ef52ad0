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
/** Files that the line on top names. */
const MOST_NAMED = 12;

/** What is known, as a manifest; `files`: of the drafts, for references to subagents. */
export function manifestOf(draft: Draft, fileOf: (id: string) => string): Manifest {
  const { agent, ...rest } = draft.said;
  const said = { ...rest, agent: { id: draft.id, ...agent }, tools: rest.tools ?? {} };
  const subagents = draft.subagents.map((id) => [id, { manifest: fileOf(id) }]);
  return inReadingOrder(subagents.length > 0 ? { ...said, subagents: Object.fromEntries(subagents) } : said);
}

/** The same manifest, its parts in the order in which people read them. */
export function inReadingOrder({ agent, ...said }: Omit<Manifest, 'schemaVersion'>): Manifest {
  const ordered = ORDER.filter((key) => said[key as keyof typeof said] !== undefined).map((key) => [
    key,
    said[key as keyof typeof said],
  ]);
  return { schemaVersion: 1, agent, ...Object.fromEntries(ordered) } as Manifest;
}

/** The manifest as YAML, each part with where it comes from. */
export function manifestText(
  manifest: Manifest,
  { from, files, notes }: Pick<Draft, 'from' | 'files' | 'notes'>,
  schema: string,
): string {
  const isMixed = new Set(Object.values(from).map(({ file }) => file)).size > 1;
  const head = [
    ` yaml-language-server: $schema=${schema}`,
    importedFrom(files),
    ' What these files do not say is unknown and counts at its worst; `stakes assess` asks for it.',
  ];
  return yamlOf(manifest, head, (pointer) => (isMixed ? from[pointer]?.file : undefined), notes);
}

/** A manifest under comment lines, small maps on one line each; by pointer, what stands behind and above a part. */
export function yamlOf(
  manifest: Manifest,
  head: readonly string[],
  sourceOf: (pointer: string) => string | undefined = () => undefined,
  notes: Readonly<Record<string, string>> = {},
): string {
  // Facts that several tools share are spelled out for each: people edit them one by one.
  const document = new Document(manifest, { aliasDuplicateObjects: false });
  document.commentBefore = head.join('\n');
  if (isMap(document.contents)) annotate(document.contents, '', sourceOf, notes);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** The line of a manifest that says where it comes from, without the mark of a comment. */
export function importedFrom(files: readonly string[]): string {
  // Nothing that a file is called may end the comment.
  const named = files.slice(0, MOST_NAMED).map((file) => file.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '));
  const more = files.length > named.length ? ` and ${files.length - named.length} more` : '';
  return ` Imported from ${named.join(', ')}${more}.`;
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
