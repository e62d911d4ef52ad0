import type { Assessment } from '../model/assessment.ts';
import { type Control, DECLARABLE_CONTROLS } from '../model/controls.ts';
import type { Gap } from '../model/gap.ts';
import type { Policy } from '../model/policy.ts';
import type { Target } from '../targets/define.ts';

/** What of the tier's own list the files leave open; what is declared with evidence is held elsewhere. */
export function gapsOf(
  { controls }: Assessment,
  policy: Policy,
  present: readonly Target[],
  known: readonly Target[],
): Gap[] {
  const declarable: readonly Control[] = DECLARABLE_CONTROLS;
  const sees = hasOwnTools(policy) ? ({ seesToolsOf }: Target) => seesToolsOf !== 'servers' : () => true;
  const holds = (control: Control) => (target: Target) => target.enforces.includes(control) && sees(target);
  return controls.required
    .filter(({ id, evidence }) => !(declarable.includes(id) && evidence !== ''))
    .filter(({ id }) => !present.some(holds(id)))
    .map(({ id }) => ({
      control: id,
      closedBy: known
        .filter(holds(id))
        .sort(byWorth)
        .map((target) => target.id),
    }));
}

/** Some see nothing of what the host's own tools do. */
function hasOwnTools({ agents }: Policy): boolean {
  return Object.values(agents).some(({ tools }) =>
    Object.entries(tools).some(([tool, { decision }]) => !tool.includes('/') && decision !== 'deny'),
  );
}

function byWorth(a: Target, b: Target): number {
  const worth = ({ standard, proof }: Target) => (standard ? 2 : 0) + (proof === 'engine' ? 1 : 0);
  return worth(b) - worth(a);
}
