import { LEAST_WIDTHS } from './style/widths.ts';
import { Wide } from './wide.tsx';

export interface Drawn {
  width: number;
  height: number;
  content: preact.JSX.Element;
}

/** A drawing in its own size, smaller where there is less room, until its words could no longer be read. `label`: what it shows. */
export const Drawing = ({ drawn: { width, height, content }, label }: { drawn: Drawn; label: string }) => (
  <Wide label="drawing">
    <svg
      class={`drawing at-least-${leastWidth(width)}`}
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      {content}
    </svg>
  </Wide>
);

const leastWidth = (width: number): number => LEAST_WIDTHS.findLast((least) => least * 16 <= width * 0.8) ?? 0;
