import type { Run } from '../command.ts';
import { commands, groups } from '../commands.generated.ts';
import { bashScript } from '../completions/bash.ts';
import { fishScript } from '../completions/fish.ts';
import { wordLists } from '../completions/lists.ts';
import { type Tree, treeOf } from '../completions/tree.ts';
import { zshScript } from '../completions/zsh.ts';
import { EXIT } from '../exit.ts';
import { SHELLS, type Shell } from './completions.spec.ts';

const SCRIPTS: Record<Shell, (tree: Tree) => string> = { bash: bashScript, zsh: zshScript, fish: fishScript };

export const run: Run = async ({ arguments: [named] }, io) => {
  const from = io.env.SHELL?.split('/').pop();
  const shell = SHELLS.find((each) => each === (named ?? from));
  if (shell === undefined) {
    const why = from ? '`SHELL` names another shell' : '`SHELL` does not say which shell';
    io.err(`error: ${why}; name one: ${SHELLS.map((each) => `\`stakes completions ${each}\``).join(', ')}\n`);
    return EXIT.usage;
  }
  if (named === undefined)
    io.err(`for ${shell}, as \`SHELL\` says; \`stakes completions --help\` tells how to install it\n`);
  const specs = commands.map(({ spec }) => spec);
  io.out(SCRIPTS[shell](treeOf(specs, await wordLists(), groups)));
  return EXIT.clean;
};
