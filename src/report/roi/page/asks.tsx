import type { RoiAsk } from '../../../model/roi.ts';
import { Name, Prose, sentence } from '../../page/prose.tsx';

/** What would make the ranges narrower, by name. */
export const Asks = ({ asks, id }: { asks: readonly RoiAsk[]; id: string }) =>
  asks.length === 0 ? null : (
    <>
      <h3 id={`${id}-asks`}>What would make it more certain</h3>
      <ul>
        {asks.map((ask) => (
          <li key={ask.id}>
            <Prose text={sentence(ask.text)} />{' '}
            <span class="where">
              <Name text={ask.id} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
