import type { CommandSpec } from '../command.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export const spec: CommandSpec = {
  name: 'completions',
  summary: 'print a script that completes commands, options, ids and paths in a shell',
  arguments: [{ flags: '[shell]', description: 'the shell (default: that of $SHELL)', choices: SHELLS }],
  options: [],
  examples: [
    { line: 'source <(stakes completions bash)', does: 'this session; in ~/.bashrc, each one' },
    { line: 'source <(stakes completions zsh)', does: 'the same, after compinit in ~/.zshrc' },
    { line: 'stakes completions fish | source', does: 'this session' },
  ],
  notes: [
    'To install it, write it to a file that the shell reads when it is needed:',
    '  bash  ~/.local/share/bash-completion/completions/stakes',
    '  zsh   a file _stakes in a folder of $fpath',
    '  fish  ~/.config/fish/completions/stakes.fish',
  ],
};
