/** What files are called: names, `*` for a part of a name, `**` for any folders. Undefined: no match; else what stands before it. */
export function matcherOf(pattern: string): (path: string) => string | undefined {
  const expression = new RegExp(`^((?:[^/]+/)*?)${pattern.split('/').map(stepOf).join('')}$`);
  const last = pattern.split('/').at(-1) ?? '';
  const [head = '', ...rest] = last.split('*');
  const tail = rest.at(-1) ?? '';
  return (path) => {
    // Nearly every path fails here, and an expression costs more.
    if (!path.endsWith(tail) || !path.slice(path.lastIndexOf('/') + 1).startsWith(head)) return undefined;
    return expression.exec(`${path}/`)?.[1]?.replace(/\/$/, '');
  };
}

/** Can a folder hold what the pattern names, because it is one of those that it goes through? */
export function leadsTo(pattern: string): (folder: string) => boolean {
  const steps = pattern.split('/').slice(0, -1);
  const ways = steps.map(
    (_, i) =>
      new RegExp(
        `^(?:[^/]+/)*?${steps
          .slice(0, i + 1)
          .map(stepOf)
          .join('')}$`,
      ),
  );
  return (folder) => ways.some((way) => way.test(`${folder}/`));
}

/** One name against one step. */
export function nameMatcher(step: string): (name: string) => boolean {
  const expression = new RegExp(`^${stepOf(step)}$`);
  return (name) => expression.test(`${name}/`);
}

function stepOf(step: string): string {
  if (step === '**') return '(?:[^/]+/)*';
  const texts = step.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return `${texts.join('[^/]*')}/`;
}
