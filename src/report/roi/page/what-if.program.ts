import type { RoiModel, RoiOption } from '../../../model/roi.ts';
import { ROI_INPUTS, type RoiInput } from '../../../model/roi-inputs.ts';
import { bestOf, decisionOf } from '../../../roi/decision.ts';
import { simulate } from '../../../roi/simulate.ts';
import { amount } from './amounts.ts';
import { redraw } from './chart/redraw.ts';
import { HALF, MOST_DRAWS, movedTo, SHOWN, stopsOf } from './moved.ts';
import type { WhatIfData } from './what-if.tsx';

/** Runs in the page of the cost model: all of it is there without this, which only lets people move what matters most. */

/** A slider that is dragged is not simulated at every step. */
const PAUSE_MS = 150;

for (const section of document.querySelectorAll<HTMLElement>('.what-if')) start(section);

function start(section: HTMLElement): void {
  const form = section.querySelector('form');
  const said = section.querySelector<HTMLElement>('.said');
  const button = section.querySelector('button');
  const data = JSON.parse(section.querySelector('script')?.textContent ?? '') as WhatIfData;
  if (!form || !said || !button) return;
  const sliders = [...form.querySelectorAll('input')];
  const told = said.innerHTML;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const again = () => {
    section.ariaBusy = 'false';
    const model = movedModel(data.model, sliders);
    button.disabled = model === undefined;
    if (model === undefined) {
      redraw(section, data.options, data);
      said.innerHTML = told;
      return;
    }
    const { outcomes } = simulate(model, { seed: data.seed, draws: Math.min(data.draws, MOST_DRAWS) });
    const options = data.options.map((option, index): RoiOption => ({ ...option, ...outcomes[index] }));
    const choice = bestOf(options);
    const assigned = options.find(({ id }) => id === data.assigned);
    redraw(section, options, { best: choice?.id ?? null, assigned: data.assigned, options: data.options });
    if (assigned) said.textContent = `With these values: ${decisionOf({ choice, assigned })}.`;
  };
  const soon = () => {
    for (const slider of sliders) tell(slider, data.model);
    section.ariaBusy = 'true';
    clearTimeout(waiting);
    waiting = setTimeout(again, PAUSE_MS);
  };
  form.addEventListener('input', soon);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => {
    for (const slider of sliders) slider.value = String(HALF);
    soon();
    sliders[0]?.focus();
  });
  section.hidden = false;
}

/** The value that a slider stands at. */
function valueAt(slider: HTMLInputElement, { inputs }: RoiModel): number {
  const input = slider.name as RoiInput;
  return stopsOf(inputs[input], ROI_INPUTS[input].unit)[Number(slider.value)] ?? inputs[input].likely;
}

function tell(slider: HTMLInputElement, model: RoiModel): void {
  const text = amount(valueAt(slider, model), ROI_INPUTS[slider.name as RoiInput].unit, SHOWN);
  slider.setAttribute('aria-valuetext', text);
  const output = slider.parentElement?.querySelector('output');
  if (output) output.textContent = text;
}

/** With what the sliders say; undefined where all of them stand where they started. */
function movedModel(model: RoiModel, sliders: readonly HTMLInputElement[]): RoiModel | undefined {
  const moved = sliders.filter(({ value }) => Number(value) !== HALF);
  if (moved.length === 0) return undefined;
  const inputs = { ...model.inputs };
  for (const slider of moved) {
    const input = slider.name as RoiInput;
    inputs[input] = movedTo(model.inputs[input], valueAt(slider, model));
  }
  return { ...model, inputs };
}
