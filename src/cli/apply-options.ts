import { choicesOf } from '../apply/select.ts';
import { didYouMean } from '../source/suggest.ts';
import type { Target } from '../targets/define.ts';
import { targets } from '../targets/registry.generated.ts';
import type { Invocation } from './command.ts';

export interface ApplyOptions {
  mode: 'apply' | 'check' | 'undo';
  /** Undefined: all that the bundle has. */
  only: Target[] | undefined;
  as: string | undefined;
  to: string | undefined;
  out: string | undefined;
  dryRun: boolean;
  yes: boolean;
}

export function applyOptions(options: Invocation['options']): ApplyOptions | { wrong: string } {
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
    as,
    to,
    out: text('out'),
    dryRun: options.dryRun === true,
    yes: options.yes === true,
  };
}

function targetsNamed(list: string | undefined): { targets: Target[] | undefined } | { wrong: string } {
  if (list === undefined) return { targets: undefined };
  const ids = list.split(',').map((id) => id.trim());
  const known = targets.map(({ id }) => id);
  const wrong = ids.find((id) => !known.includes(id) && id !== 'all');
  if (wrong !== undefined) return { wrong: unknown('target', wrong, [...known, 'all']) };
  return { targets: targets.filter(({ id }) => ids.includes(id) || ids.includes('all')) };
}

function unknown(kind: string, word: string, known: readonly string[]): string {
  const help = didYouMean(word, known);
  return `there is no ${kind} \`${word}\`${help ? `; ${help}` : ''}`;
}
