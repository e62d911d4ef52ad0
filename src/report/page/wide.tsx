import type { ComponentChildren } from 'preact';

/** What may be wider than the page, so that it scrolls by itself, also with the keyboard. */
export const Wide = ({ label, children }: { label: string; children: ComponentChildren }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
  // biome-ignore lint/a11y/useSemanticElements: it is no field set
  <div class="wide" role="group" aria-label={label} tabIndex={0}>
    {children}
  </div>
);
