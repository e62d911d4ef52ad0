import { resolve } from 'node:path';
import { createLoader } from '../../src/manifest/load.ts';
import { type Agent, agentOf } from '../../src/manifest/tree.ts';
import type { Manifest, ToolFacts } from '../../src/model/manifest.ts';
import type { RoiOption, RoiOptionId, RoiRange, RoiResult } from '../../src/model/roi.ts';
import type { RoiInput } from '../../src/model/roi-inputs.ts';
import { estimate } from '../../src/roi/estimate.ts';

const DRAWING = { draws: 1000, seed: 1 };

/** The first agent of an example. */
export function example(name: string): Agent {
  const cwd = resolve('.');
  const loaded = createLoader({ cwd, root: cwd }).load(resolve(`examples/${name}.agent.yaml`), cwd);
  const [agent] = loaded.state === 'ok' ? loaded.value : [];
  if (!agent) throw new Error(`${name} does not load: ${JSON.stringify(loaded)}`);
  return agent;
}

export function agentWith(tools: Record<string, ToolFacts>, more: Partial<Manifest> = {}): Agent {
  return agentOf({ agent: { id: 'desk' }, autonomy: { initiation: 'human' }, data: {}, tools, ...more });
}

/** What the model says of an agent where some inputs are other than the defaults. */
export function estimated(agent: Agent, given: Partial<Record<RoiInput, RoiRange>> = {}, drawing = DRAWING): RoiResult {
  const inputs = Object.fromEntries(
    Object.entries(given).map(([name, range]) => [name, { ...range, source: 'a test', date: '' }]),
  );
  return estimate(agent, { inputs, prices: [] }, drawing);
}

export function optionOf({ options }: RoiResult, id: RoiOptionId): RoiOption {
  const option = options.find((each) => each.id === id);
  if (!option) throw new Error(`no option ${id}`);
  return option;
}
