import type { QuestionScreen, QuestionView } from '../model/init.ts';
import type { Tier } from '../model/tiers.ts';
import type { Paint, ReportContext } from './context.ts';
import { shown } from './shown.ts';
import { prose, type Words } from './words.ts';
import { wrap } from './wrap.ts';

const ROWS = 10;
const TIER_STYLE: Record<Tier, keyof Paint> = { light: 'good', medium: 'note', 'medium-plus': 'warn', full: 'bad' };

type Context = Pick<ReportContext, 'paint' | 'columns'>;

/** A question with its answers, for a terminal of any width. */
export function questionLines(view: QuestionView, screen: QuestionScreen, context: Context): string[] {
  const { number, text, why, more } = view;
  const head = `${number}. `;
  const indent = ' '.repeat(head.length);
  const under = (words: Words) => wrap(words, { ...context, first: [indent], rest: [indent] });
  return [
    ...wrap([{ text: prose(text), style: 'strong' }], { ...context, first: [head], rest: [indent] }),
    ...under([{ text: prose(shown(why)), style: 'dim' }]),
    ...(screen.more ? under([prose(more)]) : []),
    ...under(intervalLine(view)),
    ...rowLines(view, screen, context),
    ...(screen.complaint === undefined ? [] : under([{ text: prose(shown(screen.complaint)), style: 'bad' }])),
    // On one line, at whose end the cursor stands.
    ...(screen.typed === undefined ? [] : [`${indent}> ${shown(screen.typed)}`]),
  ];
}

function intervalLine({ interval }: QuestionView): Words {
  if (!interval) return [{ text: 'tier so far: not known', style: 'dim' }];
  const { floor, ceiling } = interval;
  const words: Words = ['tier so far: ', { text: floor, style: TIER_STYLE[floor] }];
  return floor === ceiling ? words : [...words, ' … ', { text: ceiling, style: TIER_STYLE[ceiling] }];
}

/** The options; of many only those about the cursor. */
function rowLines({ kind, options }: QuestionView, { cursor, marked }: QuestionScreen, context: Context): string[] {
  const from = cursor < 0 ? 0 : Math.max(0, Math.min(cursor - Math.floor(ROWS / 2), options.length - ROWS));
  const to = cursor < 0 ? options.length : Math.min(options.length, from + ROWS);
  const width = String(options.length).length;
  const rows = options.slice(from, to).flatMap(({ value, label }, index) => {
    const at = from + index;
    const pointer = cursor < 0 ? `${String(at + 1).padStart(width + 2)} ` : at === cursor ? ' ❯ ' : '   ';
    const box = kind === 'names' && cursor >= 0 ? (marked.has(value) ? '[x] ' : '[ ] ') : '';
    const style = at === cursor ? { style: 'note' as const } : {};
    const first = pointer + box;
    return wrap([{ text: shown(label, 200), ...style }], {
      ...context,
      first: [{ text: first, ...style }],
      rest: [' '.repeat(first.length)],
    });
  });
  const more = (count: number, where: string) =>
    count > 0 ? wrap([{ text: `${count} more ${where}`, style: 'dim' }], { ...context, first: ['     '] }) : [];
  return [...more(from, 'above'), ...rows, ...more(options.length - to, 'below')];
}

/** What is left of a question once it is answered. */
export function answeredLine(view: QuestionView, answer: string, context: Context): string[] {
  const { number, text } = view;
  const head = `${number}. `;
  const said = answer === 'unknown' ? unknownWords(view) : answer;
  return wrap([prose(text), ' ', { text: shown(said, 200), style: 'strong' }], {
    ...context,
    first: [head],
    rest: [' '.repeat(head.length)],
  });
}

/** What it is called to leave a question open. */
export function unknownWords({ kind, options }: Pick<QuestionView, 'kind' | 'options'>): string {
  const own = options.find(({ value }) => value === 'unknown')?.label;
  return kind === 'choice' && own !== undefined ? own : kind === 'text' ? 'none' : 'not sure';
}

/** Keys, or words, that do something here. */
export function keyLine(view: QuestionView, isFirst: boolean, context: Context): string[] {
  const { kind, otherwise, number } = view;
  const indent = ' '.repeat(`${number}. `.length);
  const alone = `Enter alone: ${otherwise === 'unknown' ? unknownWords(view) : otherwise} · ? more${isFirst ? '' : ' · < back'}`;
  const back = isFirst ? '' : ' · ← back';
  const ways = {
    choice: `↑↓ choose · Enter take · ? more${back}`,
    names: `↑↓ move · Space mark · a all · n none · Enter take (none marked: not sure) · ? more${back}`,
    list: alone,
    text: alone,
    number: alone,
  };
  return wrap([{ text: ways[kind], style: 'dim' }], { ...context, first: [indent], rest: [indent] });
}
