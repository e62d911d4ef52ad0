import { PINNED_HINTS, type PinnedTool } from '../../model/pins.ts';
import { own } from './pin.ts';

type Facts = PinnedTool['facts'];

/** What is different between a tool that somebody saw and the one that goes by its name now; what matters most first. */
export function differences(before: PinnedTool, now: PinnedTool): string[] {
  const facts = factWords(before.facts, now.facts);
  const hints = PINNED_HINTS.flatMap((hint) => hintWords(hint, before.hints[hint], now.hints[hint]));
  const args = argumentWords(before.arguments, now.arguments);
  const isOther = (part: keyof PinnedTool['parts']) => before.parts[part] !== now.parts[part];
  return [
    ...facts,
    ...args,
    ...(isOther('schema') && args.length === 0
      ? ['its schema says something else of its arguments or its result']
      : []),
    ...hints,
    ...(isOther('annotations') && hints.length === 0 ? ['its annotations say something else'] : []),
    ...(isOther('description') ? ['its description says something else'] : []),
  ];
}

function factWords(before: Facts, now: Facts): string[] {
  const [was, is] = [deed(before), deed(now)];
  const turned = <F extends keyof Facts>(fact: F, words: Record<string, string>): string[] => {
    const [old, fresh] = [String(before[fact]), String(now[fact])];
    return old === fresh ? [] : [words[fresh] ?? `${fact} was ${old} and is ${fresh}`];
  };
  return [
    ...(was === is ? [] : [`it was ${was}, and is ${is}`]),
    ...turned('arbitrary', {
      true: 'it runs what the caller supplies',
      false: 'it no longer runs what the caller supplies',
    }),
    ...turned('egress', { open: 'it can send data to any place that the caller picks' }),
    ...turned('sensitive', { true: 'its result can hold what is not for everyone' }),
    ...turned('impact', {}),
  ];
}

function deed({ effect, reversible }: Facts): string {
  if (effect === 'unknown') return 'of unknown effect';
  if (effect === 'read') return 'a read';
  if (reversible === 'unknown') return 'a write that perhaps cannot be undone';
  return reversible ? 'a write that can be undone' : 'a write that cannot be undone';
}

function hintWords(hint: string, before: boolean | undefined, now: boolean | undefined): string[] {
  if (before === now) return [];
  if (now === undefined) return [`its \`${hint}\` was ${before}, and is gone`];
  return [before === undefined ? `its \`${hint}\` is new: ${now}` : `its \`${hint}\` was ${before}, and is ${now}`];
}

function argumentWords(before: PinnedTool['arguments'], now: PinnedTool['arguments']): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return names.flatMap((name) => {
    const [old, fresh] = [own(before, name), own(now, name)];
    if (old === fresh) return [];
    if (old === undefined) return [`it takes a new argument \`${name}\` (${typed(fresh)})`];
    if (fresh === undefined) return [`it no longer takes \`${name}\``];
    return [`\`${name}\` was ${typed(old)}, and is ${typed(fresh)}`];
  });
}

function typed(type = 'any'): string {
  return type.endsWith('?') ? `${type.slice(0, -1)}, may be left out` : type;
}
