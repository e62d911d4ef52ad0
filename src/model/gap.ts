import type { Control } from './controls.ts';

/** A control that the tier requires and no file of a bundle holds. */
export interface Gap {
  control: Control;
  /** Targets whose files would hold it, the best first; empty: there is none. */
  closedBy: string[];
}

/** As few targets as close all that can be closed. */
export function closersOf(gaps: readonly Gap[]): string[] {
  const chosen: string[] = [];
  let open = gaps.filter(({ closedBy }) => closedBy.length > 0);
  while (open.length > 0) {
    const all = open.flatMap(({ closedBy }) => closedBy);
    const closes = (id: string) => all.filter((other) => other === id).length;
    const best = all.reduce((one, other) => (closes(other) > closes(one) ? other : one));
    chosen.push(best);
    open = open.filter(({ closedBy }) => !closedBy.includes(best));
  }
  return chosen;
}
