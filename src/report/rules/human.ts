import { DIRECTIONS, type Direction, type RuleMeta, type Severity } from '../../model/finding.ts';
import type { Format, Paint, ReportContext } from '../context.ts';
import type { RulesReport } from '../explain.ts';
import { DIRECTION_WORDS } from '../lint-words.ts';
import { count, prose } from '../words.ts';
import { wrap } from '../wrap.ts';

const STYLES: Record<Severity, keyof Paint> = { error: 'bad', warning: 'warn', note: 'note' };

/** A rule in two lines or three, direction by direction. */
export const format: Format<RulesReport> = ({ rules }, context) => {
  const groups = DIRECTIONS.map((direction) => ({
    direction,
    some: rules.filter((rule) => rule.direction === direction),
  })).filter(({ some }) => some.length > 0);
  const blocks = groups.map(({ direction, some }) => [
    headOf(direction, context),
    ...some.flatMap((rule) => lines(rule, context)),
  ]);
  return `${[...blocks.map((block) => block.join('\n')), `${count(rules.length, 'rule')}; stakes explain <rule> tells more`].join('\n\n')}\n`;
};

function headOf(direction: Direction, { paint }: ReportContext): string {
  return `${paint.strong(direction)}: ${DIRECTION_WORDS[direction]}`;
}

function lines({ id, severity, title }: RuleMeta, { columns, paint }: ReportContext): string[] {
  return [
    `  ${id}  ${paint[STYLES[severity]](severity)}`,
    ...wrap([prose(title)], { columns, paint, first: ['      '], rest: ['      '] }),
  ];
}
