import type { RoiOptionId, RoiResult } from '../../../model/roi.ts';

interface ChipsProps {
  option: RoiOptionId;
  result: Pick<RoiResult, 'assigned' | 'best'>;
  /** With a hidden mark at every option, where the best one changes. */
  movable?: boolean;
}

/** Which option the tree asks for, and which one the money does. */
export const Chips = ({ option, result: { assigned, best }, movable = false }: ChipsProps) => (
  <>
    {option === best || movable ? (
      <span class="chip best" hidden={option !== best}>
        best by money
      </span>
    ) : null}{' '}
    {option === assigned ? <span class="chip tree">the tree asks for it</span> : null}
  </>
);
