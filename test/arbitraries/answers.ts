import { type Pair, reachOf } from '../../src/assess/reach.ts';
import { agentOf } from '../../src/manifest/tree.ts';
import type { OpenQuestion } from '../../src/model/assessment.ts';
import type { Manifest, ToolFacts } from '../../src/model/manifest.ts';
import type { Effect } from '../../src/model/vocabulary.ts';
import { everyManifest } from './sites.ts';

/**
 * The manifest once the questions are answered at their safest. Where a tool is known to send data anywhere, a read brings
 * strangers' text in and a write makes question 1 a yes: which one is safer depends on the rest, so that the caller says.
 */
export function answered(root: Manifest, questions: readonly OpenQuestion[], sender: Effect): Manifest {
  const copy = structuredClone(root);
  const { pairs } = reachOf(agentOf(root));
  for (const { id, agent } of questions) {
    const manifest = everyManifest(copy).find((one) => one.agent.id === agent);
    const [kind = '', , ...rest] = id.split(':');
    const name = rest.join(':');
    const pair = pairs.find((one) => one.agent.id === agent && one.tool === name);
    if (manifest && pair) answerTool(manifest, kind, pair, sender);
    else if (manifest) answerAgent(manifest, kind, name);
  }
  return copy;
}

function answerAgent(manifest: Manifest, kind: string, name: string): void {
  if (kind === 'review') manifest.autonomy = { ...manifest.autonomy, review: 'high-stakes' };
  else if (kind === 'untrusted') manifest.inputs = { untrusted: false };
  else if (kind === 'classification') {
    manifest.data = manifest.data
      ? { ...manifest.data, [name]: { ...manifest.data[name], classification: 'public' } }
      : {};
  } else if (kind === 'hidden') {
    for (const credential of Object.values(manifest.credentials ?? {})) credential.mode ??= 'test';
    manifest.filesystem = { read: [], ...manifest.filesystem };
    manifest.controls = { ...manifest.controls, sandbox: { ...manifest.controls?.sandbox, evidence: 'runbook/42' } };
  } else throw new Error(`no answer to ${kind}`);
}

function answerTool(manifest: Manifest, kind: string, pair: Pair, sender: Effect): void {
  if (kind === 'tools') {
    listTools(manifest, pair, sender);
    return;
  }
  const effect = pair.writes.best ? 'write' : pair.exits.best ? sender : 'read';
  const answers: Record<string, ToolFacts> = {
    effect: { effect },
    reversible: { reversible: true },
    impact: { impact: 'low' },
    egress: { egress: 'none' },
  };
  const answer = answers[kind];
  if (!answer) throw new Error(`no answer to ${kind}`);
  manifest.tools[pair.tool] = { ...manifest.tools[pair.tool], ...answer };
}

/** A tool in the place of `server/*`, as harmless as what is said of the wildcard allows. */
function listTools(manifest: Manifest, pair: Pair, sender: Effect): void {
  const { [pair.tool]: wildcard = {}, ...tools } = manifest.tools;
  const known = (name: string) => manifest.data?.[name]?.classification !== undefined;
  manifest.tools = {
    ...tools,
    [pair.tool.replace('*', 'listed')]: {
      effect: pair.writes.best ? 'write' : pair.exits.best ? sender : 'read',
      reversible: !pair.irreversible.best,
      impact: pair.highImpact.best ? 'high' : 'low',
      egress: pair.exits.best ? 'open' : 'none',
      arbitrary: false,
      data: (wildcard.data ?? Object.keys(manifest.data ?? {})).filter(known),
      ...(wildcard.access ? { access: wildcard.access } : {}),
    },
  };
}
