import { ruleExplanation, ruleMetas } from '../cli/rule-explanations.ts';
import type { RuleMeta } from '../model/finding.ts';
import { plainPaint } from '../report/context.ts';
import { RULES_SCHEMA } from '../report/explain.ts';
import { explanationPage } from '../report/explain-markdown.ts';
import { format as rulesTable } from '../report/rules/markdown.ts';

interface Generated {
  path: string;
  content: string;
}

const TABLE = /(<!-- rules:start -->\n)[\s\S]*?(<!-- rules:end -->)/;

/** A page for each rule, and one that lists them. */
export function ruleDocs(): Generated[] {
  const metas = ruleMetas();
  return [
    ...metas.map((meta) => ({ path: `docs/rules/${meta.id}.md`, content: page(meta) })),
    { path: 'docs/rules/README.md', content: index(metas) },
  ];
}

/** The README with its table of rules, each linked to its page. */
export function withRules(readme: string): string {
  return readme.replace(TABLE, (_, start: string, end: string) => `${start}${table(ruleMetas(), 'docs/rules/')}${end}`);
}

function page(meta: RuleMeta): string {
  return [...explanationPage(ruleExplanation(meta)), '', '[All rules](README.md)', ''].join('\n');
}

function index(metas: readonly RuleMeta[]): string {
  const head = [
    '# Rules',
    '',
    `What \`stakes lint\` looks for: too little control (\`under\`), too much (\`over\`), authority that nothing uses (\`excess\`), and the file itself (\`shape\`). \`stakes explain <rule>\` shows the same pages in a terminal.`,
    '',
  ];
  return `${head.join('\n')}\n${table(metas, '')}`;
}

function table(metas: readonly RuleMeta[], folder: string): string {
  const context = { paint: plainPaint, columns: 80, texts: new Map<string, string>() };
  const text = rulesTable({ schema: RULES_SCHEMA, rules: [...metas], errors: [] }, context);
  return text.replace(/^\| `([a-z0-9-]+)` \|/gm, `| [\`$1\`](${folder}$1.md) |`);
}
