import type { RoiOption, RoiResult } from '../../../../model/roi.ts';
import { money, moneyRange } from '../amounts.ts';
import { rangeMarks, rangeScale } from './marks.ts';
import { at, type Scale } from './scale.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** In the page: the range chart with other figures, and the outlines of the report's own on the same scale. */
export function redraw(
  place: Element,
  options: readonly RoiOption[],
  reported: Pick<RoiResult, 'best' | 'assigned' | 'options'>,
): void {
  const scale = rangeScale([...options, ...reported.options]);
  for (const grid of place.querySelectorAll('.grid'))
    grid.replaceChildren(...scale.ticks.map((tick) => line(place.ownerDocument, tick, scale)));
  place.querySelector('.ticks')?.replaceChildren(...scale.ticks.map((tick) => words(place.ownerDocument, tick, scale)));
  options.forEach((option, index) => {
    const row = place.querySelector(`[data-option="${option.id}"]`);
    const before = reported.options[index];
    if (!row || !before) return;
    const { x, width, median, mean } = rangeMarks(option, scale);
    const was = rangeMarks(before, scale);
    set(row, '.ghost', { x: was.x, width: was.width });
    set(row, '.bar', { x, width });
    set(row, '.median', { x1: median, x2: median });
    set(row, '.at', { x: mean });
    const tone = option.id === reported.best ? 'best' : option.id === reported.assigned ? 'tree' : '';
    row.setAttribute('class', `row ${tone}`);
    row.querySelector('.chip.best')?.toggleAttribute('hidden', option.id !== reported.best);
    const [average, range] = row.querySelectorAll('.row-value > *');
    if (average) average.textContent = money(option.net.mean);
    if (range) range.textContent = moneyRange(option.net);
  });
}

/** Attributes in percent. */
function set(row: Element, part: string, values: Record<string, number>): void {
  for (const [name, percent] of Object.entries(values)) row.querySelector(part)?.setAttribute(name, `${percent}%`);
}

function line(page: Document, tick: number, scale: Scale): Element {
  const made = page.createElementNS(SVG, 'line');
  if (tick === 0) made.setAttribute('class', 'zero');
  for (const name of ['x1', 'x2']) made.setAttribute(name, `${at(tick, scale)}%`);
  made.setAttribute('y2', '100%');
  return made;
}

function words(page: Document, tick: number, scale: Scale): Element {
  const made = page.createElementNS(SVG, 'text');
  made.setAttribute('x', `${at(tick, scale)}%`);
  made.setAttribute('y', '15');
  made.setAttribute('text-anchor', 'middle');
  made.textContent = money(tick);
  return made;
}
