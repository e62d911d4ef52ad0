/** Symbolic links that lead to each other in a row. */
const MOST_LINKS = 40;

export type Followed = { path: string } | { wrong: 'outside' | 'loop' | 'unread' };

/** Paths are from the root, with `/`; the root itself is empty. */
export interface Links {
  isLink(path: string): boolean;
  /** Undefined: it cannot be read. */
  target(path: string): string | undefined;
}

/** A path with links followed step by step: `..` leads out of where a link has led to, not of where it stands. */
export function follow(path: string, { isLink, target }: Links): Followed {
  const waiting = path.split('/').reverse();
  let at: string[] = [];
  let links = 0;
  while (waiting.length > 0) {
    const step = waiting.pop() ?? '';
    if (step === '' || step === '.') continue;
    if (step === '..') {
      if (at.length === 0) return { wrong: 'outside' };
      at = at.slice(0, -1);
      continue;
    }
    const here = [...at, step].join('/');
    if (!isLink(here)) at.push(step);
    else {
      const to = target(here);
      if (to === undefined) return { wrong: 'unread' };
      if (++links > MOST_LINKS) return { wrong: 'loop' };
      if (isAbsolute(to)) return { wrong: 'outside' };
      waiting.push(...to.split('/').reverse());
    }
  }
  return { path: at.join('/') };
}

/** Also as another system would take it: what leads out there is not followed here. */
const isAbsolute = (path: string) => /^(?:\/|\\|[A-Za-z]:)/.test(path);
