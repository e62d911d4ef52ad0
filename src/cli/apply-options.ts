import { choicesOf } from '../apply/select.ts';
import type { Flags } from '../report/command-line.ts';
import { didYouMean } from '../source/suggest.ts';
import type { Target } from '../targets/define.ts';
import { targets } from '../targets/registry.generated.ts';
import type { Invocation } from './command.ts';
import { configFlags, givenOf } from './options.ts';

export interface ApplyOptions {
  mode: 'apply' | 'check' | 'undo';
  /** Undefined: all that the bundle has. */
  only: Target[] | undefined;
  /** Those that were asked for by name. */
  named: Target[];
  /** May this be generated for, and so installed? */
  allows(target: Target): boolean;
  /** What other commands have to be told, too. */
  where: Flags;
  as: string | undefined;
  to: string | undefined;
  out: string | undefined;
  dryRun: boolean;
  yes: boolean;
}

/** As they were given; what the configuration allows is known later. */
export function applyOptions(options: Invocation['options']): Omit<ApplyOptions, 'allows'> | { wrong: string } {
  const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined);
  const only = targetsNamed(text('target'));
  if ('wrong' in only) return only;
  const as = text('as');
  const ways = [...new Set(targets.flatMap(({ installs }) => installs.map(({ id }) => id)))];
  if (as !== undefined && !ways.includes(as)) return { wrong: unknown('way to install', as, ways) };
  const to = text('to');
  const files = choicesOf(only.targets ?? targets, as).some(({ installation }) => installation.way === 'file');
  const undoes = options.undo === true;
  if (to !== undefined && !files && !undoes) return { wrong: '`--to` is for a whole file; add `--as managed`' };
  if (undoes && options.check === true) return { wrong: '`--check` and `--undo` do not go together' };
  return {
    mode: undoes ? 'undo' : options.check === true ? 'check' : 'apply',
    only: only.targets,
    named: only.named,
    where: { ...givenOf(options, ['out']), ...configFlags(options) },
    as,
    to,
    out: text('out'),
    dryRun: options.dryRun === true,
    yes: options.yes === true,
  };
}

interface Chosen {
  targets: Target[] | undefined;
  named: Target[];
}

function targetsNamed(list: string | undefined): Chosen | { wrong: string } {
  if (list === undefined) return { targets: undefined, named: [] };
  const ids = list.split(',').map((id) => id.trim());
  const known = targets.map(({ id }) => id);
  const wrong = ids.find((id) => !known.includes(id) && id !== 'all');
  if (wrong !== undefined) return { wrong: unknown('target', wrong, [...known, 'all']) };
  const named = targets.filter(({ id }) => ids.includes(id));
  return { targets: ids.includes('all') ? targets : named, named };
}

function unknown(kind: string, word: string, known: readonly string[]): string {
  const help = didYouMean(word, known);
  return `there is no ${kind} \`${word}\`${help ? `; ${help}` : ''}`;
}
