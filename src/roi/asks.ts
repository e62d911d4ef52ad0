import type { OpenQuestion } from '../model/assessment.ts';
import type { RoiAsk, RoiInference, RoiSwing } from '../model/roi.ts';
import { pointerOf } from '../source/pointer.ts';
import { mostUsd } from './calls.ts';
import type { Reading } from './facts.ts';

interface View {
  reading: Reading;
  inference: RoiInference;
  /** Those that matter most. */
  swings: readonly RoiSwing[];
  questions: readonly OpenQuestion[];
}

/** What nobody has stated and the result depends on, by name: facts of the manifest, prices, and inputs that are still defaults. */
export function asksOf({ reading, inference, swings, questions }: View): RoiAsk[] {
  const { reach, worst } = reading;
  const volumes = reach.pairs
    .filter((pair) => pair.facts.callsPerDay === undefined && (pair.writes.worst || worst.highStakes.has(pair)))
    .map(({ agent, tool }): RoiAsk => {
      const pointer = `${agent.base}${pointerOf('tools', tool, 'callsPerDay')}`;
      return { id: `${agent.id} ${pointer}`, text: `how often a day is \`${tool}\` called?` };
    });
  const costs = reach.pairs
    .filter((pair) => mostUsd(pair.facts) === null)
    .map(({ agent, tool }): RoiAsk => {
      const pointer = `${agent.base}${pointerOf('tools', tool, 'arguments')}`;
      return { id: `${agent.id} ${pointer}`, text: `what is the most that one call of \`${tool}\` can cost?` };
    });
  const [root] = reach.agents;
  const caps: RoiAsk[] =
    root && root.manifest.limits?.usdPerDay === undefined
      ? [{ id: `${root.id} ${root.base}/limits/usdPerDay`, text: 'how much may it spend on its model a day?' }]
      : [];
  const prices = inference.bills
    .filter(({ price }) => price === null)
    .map(({ model }): RoiAsk => ({ id: `prices/${model}`, text: `what does \`${model}\` cost for a million tokens?` }));
  return [
    ...questions.map(({ agent, pointer, text }): RoiAsk => ({ id: `${agent} ${pointer}`, text })),
    ...volumes,
    ...costs,
    ...caps,
    ...prices,
    ...swings.filter(({ isDefault }) => isDefault).map(({ input, about }): RoiAsk => ({ id: input, text: about })),
  ];
}
