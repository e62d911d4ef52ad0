import { assess } from '../assess/assess.ts';
import { CONTROL_TABLE } from '../assess/controls.ts';
import type { Completion } from '../manifest/given.ts';
import type { Agent } from '../manifest/tree.ts';
import { CONTROLS, type Control } from '../model/controls.ts';
import type { InitResult } from '../model/init.ts';
import type { Problem } from '../model/place.ts';
import { TIERS, type Tier } from '../model/tiers.ts';
import { shellWord } from '../report/command-line.ts';
import type { Answers } from '../wizard/question.ts';
import { NEW } from '../wizard/questions/agent.ts';
import { ONE_LOWER } from '../wizard/quick.ts';
import { readingOf } from '../wizard/reading.ts';
import { ownManifest } from '../wizard/tree.ts';
import { collectWith } from './collect.ts';
import { INIT_FLAGS } from './init-flags.ts';
import type { Wanted } from './init-manifest.ts';

type Known = Omit<InitResult, 'state' | 'file' | 'text'>;

/** What the three answers come to. */
export function quickResult(now: Agent): InitResult {
  const started = (initiation: 'human' | 'event') =>
    ownManifest(now, (manifest) => ({ ...manifest, autonomy: { ...manifest.autonomy, initiation } }));
  const assessment = assess(started('human'));
  const idsOf = (agent: Agent) => assess(agent).controls.required.map(({ id }) => id);
  const required = idsOf(started('human'));
  const { tier } = assessment;
  return {
    agent: now.id,
    file: null,
    state: 'shown',
    text: '',
    assessment,
    controls: {
      required,
      unlessStarted: idsOf(started('event')).filter((id) => !required.includes(id)),
      excessive: excessiveAt(tier),
    },
    lower: tier === 'light' ? null : ONE_LOWER[tier],
    recommended: [],
  };
}

/** Whatever the agent has: what would be too much if it had it. */
function excessiveAt(tier: Tier): Control[] {
  return CONTROLS.filter((id) => id !== 'staging-boundary' && CONTROL_TABLE[id][TIERS.indexOf(tier)] === 'excessive');
}

/** What the files come to once they are written: they are read as they would be then. */
export function fullResult(
  wanted: readonly Wanted[],
  { cwd, completion }: { cwd: string; completion: Completion | undefined },
): { result: Known } | { problems: Problem[] } {
  const [own] = wanted;
  const overlay = new Map(wanted.map(({ shown, text }) => [shown, text]));
  const reading = completion ? { overlay, completion } : { overlay };
  const { agents, problems } = collectWith(own ? [own.path] : [], cwd, reading);
  const [root] = agents;
  if (!root || problems.length > 0) return { problems };
  const assessment = assess(root);
  const { required, excessive } = assessment.controls;
  const ids = (entries: readonly { id: Control }[]) => entries.map(({ id }) => id);
  return {
    result: {
      agent: root.id,
      assessment,
      controls: { required: ids(required), unlessStarted: [], excessive: ids(excessive) },
      lower: null,
      recommended: readingOf(root).alternatives,
    },
  };
}

/** A command line that gives the same answers. */
export function repeatOf(
  answers: Answers,
  { quick, folder, out }: { quick: boolean; folder: string; out?: string },
): string {
  // Once the manifest is there, it is found, and could be meant.
  const from = quick || answers.has('from') ? [] : ([['from', NEW]] as const);
  // However they were given, the same answers are the same command.
  const place = new Map(INIT_FLAGS.map(({ id }, index) => [id, index]));
  const inOrder = [...from, ...answers].toSorted(([a], [b]) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  const flags = inOrder.flatMap(([id, answer]) => [`--${id}`, shellWord(answer)]);
  const where = folder === '.' ? [] : [shellWord(folder)];
  const to = out === undefined ? [] : ['--out', shellWord(out)];
  return ['stakes', 'init', ...where, ...(quick ? ['--quick'] : []), ...flags, ...to].join(' ');
}
