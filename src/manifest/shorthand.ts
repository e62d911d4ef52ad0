import type { Manifest } from '../model/manifest.ts';
import { isRecord } from '../source/record.ts';

/** Spells out `tool: read` as `tool: { effect: read }` at every depth, and leaves out `$schema`, without touching the input. Call it on validated values. */
export function spellOut(value: unknown): Manifest {
  if (!isRecord(value)) throw new TypeError('a manifest is a map');
  const tools = Object.fromEntries(
    Object.entries(value.tools ?? {}).map(([name, facts]) => [
      name,
      typeof facts === 'string' ? { effect: facts } : facts,
    ]),
  );
  const subagents = Object.fromEntries(
    Object.entries(value.subagents ?? {}).map(([name, reference]) => [
      name,
      isRecord(reference) && isRecord(reference.manifest) ? { manifest: spellOut(reference.manifest) } : reference,
    ]),
  );
  // What an editor goes by says nothing of the agent, and is not to change its digest.
  const { $schema, ...stated } = value;
  const spelled = { ...stated, tools, ...(value.subagents ? { subagents } : {}) };
  return spelled as unknown as Manifest;
}
