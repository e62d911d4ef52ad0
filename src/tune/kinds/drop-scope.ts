import { serverOf } from '../../manifest/names.ts';
import { pointerOf } from '../../source/pointer.ts';
import { put } from '../change.ts';
import { type AgentView, type Candidate, defineKind } from '../define.ts';
import { grantsOf } from '../evidence.ts';
import { type NeverUsed, neverUsed } from '../never-used.ts';

export const kind = defineKind({
  id: 'drop-scope',
  title: 'take a scope out of a credential that no call needed',
  why: 'a stolen credential can do all that its scopes let it, used or not',
  propose: (view) => Object.keys(view.agent.manifest.credentials ?? {}).flatMap((name) => fromCredential(view, name)),
});

function fromCredential(view: AgentView, name: string): Candidate[] {
  const { servers, scopes = [] } = view.agent.manifest.credentials?.[name] ?? {};
  const tools = Object.entries(view.agent.manifest.tools).filter(([tool]) =>
    servers?.includes(serverOf(tool) ?? '(none)'),
  );
  // Of a tool that does not say what it needs nobody knows that it does not need this.
  const silent = tools.some(([tool, facts]) => facts.scopes === undefined && isGranted(view, tool));
  if (silent || servers === undefined) return [];
  const gone: { scope: string; found: NeverUsed }[] = [];
  for (const scope of scopes) {
    const needing = tools.filter(([, facts]) => facts.scopes?.includes(scope)).map(([tool]) => tool);
    const [found, ...others] = needing.map((tool) => neverUsed(view, tool));
    // A scope that no tool names is for the lint to tell.
    if (found === undefined || others.includes(undefined) || scope.includes('*')) continue;
    const weak = [found, ...others].find((each) => each?.held !== undefined) ?? found;
    // While one of them is granted, taking its scope away would only break it.
    if (!needing.some((tool) => isGranted(view, tool))) gone.push({ scope, found: weak });
  }
  const left = scopes.filter((scope) => !gone.some((each) => each.scope === scope));
  const [first] = gone;
  if (first === undefined) return [];
  const pointer = pointerOf('credentials', name, 'scopes');
  const words = gone.map(({ scope }) => `\`${scope}\``).join(', ');
  const held = gone.find(({ found }) => found.held !== undefined)?.found.held;
  const empty = left.length === 0 ? 'the credential would have no scope left; take it out by hand' : undefined;
  return [
    {
      direction: 'tighten',
      subject: name,
      pointer,
      text: `take ${words} out of the scopes of \`${name}\``,
      because: `only tools that were never used name ${gone.length === 1 ? 'it' : 'them'}: ${first.found.because}`,
      evidence: first.found.evidence,
      unknown: ['what the server itself asks of the credential beyond what the tools name'],
      patch: [put(view.agent, pointer, left)],
      ...((held ?? empty) ? { held: held ?? empty } : {}),
    } as Candidate,
  ];
}

const isGranted = (view: AgentView, tool: string): boolean =>
  grantsOf(view, tool).some(({ decision }) => decision !== 'deny');
