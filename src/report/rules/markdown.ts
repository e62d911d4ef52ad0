import type { RuleMeta } from '../../model/finding.ts';
import type { Format } from '../context.ts';
import type { RulesReport } from '../explain.ts';
import { code, markdown, table } from '../markdown-text.ts';

export const format: Format<RulesReport> = ({ rules }) =>
  table(
    ['rule', 'finds', 'direction', 'severity'],
    rules.map((rule: RuleMeta) => [code(rule.id), markdown(rule.title), rule.direction, rule.severity]),
  )
    .slice(1)
    .map((line) => `${line}\n`)
    .join('');
