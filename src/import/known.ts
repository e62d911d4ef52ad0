import { type KnownServer, knownServer } from '../catalog/known-server.ts';
import { toolFacts } from '../catalog/tool-facts.ts';
import type { ToolFacts } from '../model/manifest.ts';
import { pointerOf } from '../source/pointer.ts';
import type { Draft } from './assemble.ts';

/**
 * The draft with the tools of servers that the catalogue knows. Only a server that is pinned to a version that was
 * looked at is closed by them; any other keeps `server/*`, behind which everything is possible.
 */
export function withKnownServers(draft: Draft): Draft {
  return Object.entries(draft.said.mcpServers ?? {}).reduce((now, [name, entry]) => {
    const known = knownServer(entry);
    return known ? withServer(now, name, known) : now;
  }, draft);
}

function withServer(draft: Draft, server: string, known: KnownServer): Draft {
  const at = pointerOf('mcpServers', server);
  const notes = { ...draft.notes, [at]: [draft.notes[at], noteOf(known)].filter(Boolean).join('; ') };
  if (known.fits === 'no') return { ...draft, notes };
  const rest = `${server}/*`;
  const tools = Object.entries(draft.said.tools ?? {});
  const names = new Set(tools.map(([name]) => name));
  const facts = new Map(
    Object.entries(known.facts.tools).map(([name, tool]) => [`${server}/${name}`, toolFacts(tool)]),
  );
  const from = { ...draft.from };
  const filled = tools.flatMap(([name, said]): [string, ToolFacts][] => {
    if (name !== rest) return [[name, { ...facts.get(name), ...said }]];
    const added = [...facts].filter(([tool]) => !names.has(tool));
    const place = from[pointerOf('tools', rest)];
    if (place) for (const [tool] of added) from[pointerOf('tools', tool)] = place;
    if (isClosed(known)) delete from[pointerOf('tools', rest)];
    // What was said of all of them was said of each.
    return [
      ...added.map(([tool, own]): [string, ToolFacts] => [tool, { ...own, ...said }]),
      ...(isClosed(known) ? [] : [[name, said] as [string, ToolFacts]]),
    ];
  });
  return { ...draft, said: { ...draft.said, tools: Object.fromEntries(filled) }, from, notes };
}

/** Can it have no tool that the catalogue does not list? */
const isClosed = ({ fits, facts, hasOptions }: KnownServer) => fits === 'yes' && facts.complete && !hasOptions;

function noteOf({ facts, name, version, fits, hasOptions }: KnownServer): string {
  const told = `catalogue: ${name} ${facts.seen}, ${facts.checked.on}`;
  if (fits === 'no')
    return `${told}; nothing is taken from it, because ${version} is started (known: ${facts.versions})`;
  const open = [
    ...(fits === 'unpinned' ? ['no version is pinned'] : []),
    ...(facts.complete ? [] : ['not all of its tools are listed']),
    ...(hasOptions ? ['its options may switch on others'] : []),
  ];
  return open.length === 0 ? told : `${told}; it stays open, because ${open.join(', and ')}`;
}
