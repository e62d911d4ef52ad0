import { code } from '../../report/markdown-text.ts';
import type { Installation } from '../../targets/define.ts';
import { markdown } from './page.ts';

/** One way to install a target, as an item of a list. */
export function installWords(way: Installation): string {
  switch (way.way) {
    case 'merge':
      return `\`stakes apply --as ${way.id}\`, and \`stakes apply\` without it: merged into ${code(way.into)}, only what narrows. It touches ${Object.keys(way.rules).map(code).join(', ')}.`;
    case 'file': {
      const inProject = way.into === undefined ? [] : [`${code(way.into)} of the project`];
      const places = [...inProject, ...Object.entries(way.to).map(([platform, path]) => `${code(path)} (${platform})`)];
      return `\`stakes apply --as ${way.id}\`: a file of its own, ${places.join(', ')}.${way.caution ? ` Beware: ${markdown(way.caution)}.` : ''}`;
    }
    case 'launcher':
      return `nothing to install: ${code(way.script)} starts the engine with the files.`;
    case 'in-place':
      return 'nothing to install: the files are read where they lie.';
  }
}
