import { defineRule } from './define.ts';
import { argumentParts } from './parts/argument-schemas.ts';
import { replace } from './parts/change.ts';

export const rule = defineRule({
  id: 'unanchored-pattern',
  since: '0.2.0',
  severity: 'warning',
  direction: 'under',
  title: 'a pattern lets in any text that holds a match somewhere',
  why: 'JSON Schema looks for a match anywhere, so an allowed name in the middle of a hostile text is enough',
  sources: ['OWASP Agentic ASI02'],
  examples: {
    bad: [
      {
        manifest: `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: none }
data: {}
tools:
  shop/cancel:
    effect: write
    reversible: false
    impact: high
    data: []
    egress: none
    arguments:
      type: object
      required: [order, channel, shop]
      properties:
        order: { type: string, pattern: "[0-9]{4}" }
        channel: { type: string, pattern: "^mail|phone$" }
        shop: { type: string, pattern: "^shop-[a-z]+" }
      additionalProperties: false
`,
        finds: [
          '/tools/shop~1cancel/arguments/properties/order/pattern',
          '/tools/shop~1cancel/arguments/properties/channel/pattern',
          '/tools/shop~1cancel/arguments/properties/shop/pattern',
        ],
      },
    ],
    good: [
      `
schemaVersion: 1
agent: { id: desk }
autonomy: { initiation: event, review: none }
data: {}
tools:
  shop/cancel:
    effect: write
    reversible: false
    impact: high
    data: []
    egress: none
    arguments:
      type: object
      required: [order, channel, page]
      properties:
        order: { type: string, pattern: "^[0-9]{4}$" }
        channel: { type: string, pattern: "^(?:mail|phone)$" }
        page: { type: string, pattern: "^https://shop\\\\.example\\\\.com/" }
      additionalProperties: false
`,
    ],
  },
  check: (subject) =>
    argumentParts(subject).flatMap(({ pair, schema: { pattern }, pointer, name }) => {
      const end = pattern === undefined ? undefined : looseEnd(pattern);
      if (end === undefined) return [];
      return [
        {
          agent: pair.agent,
          pointer: `${pointer}/pattern`,
          message: `\`${name}\` of \`${pair.tool}\` may hold anything ${end} what its pattern matches`,
          help: 'anchor it: `^(?:…)$`',
          fix: { kind: 'unsafe', patch: [replace(pair.agent, `${pointer}/pattern`, `^(?:${pattern})$`)] },
        },
      ];
    }),
});

function looseEnd(pattern: string): string | undefined {
  const branches = branchesOf(pattern);
  const before = branches.some((branch) => !branch.startsWith('^'));
  // A prefix that ends with a slash, or says that anything may follow, is meant as one.
  const after = branches.some((branch) => !/(?:^|[^\\])(?:\\\\)*\$$|\/$|\.[*+]$/.test(branch));
  if (before) return after ? 'around' : 'before';
  return after ? 'after' : undefined;
}

/** Alternatives that stand in no group: `^` and `$` bind only the one that they stand in. */
function branchesOf(pattern: string): string[] {
  const branches = [''];
  let [depth, inClass] = [0, false];
  for (let i = 0; i < pattern.length; i++) {
    const one = pattern[i] === '\\' ? pattern.slice(i, ++i + 1) : (pattern[i] ?? '');
    if (one === '[') inClass = true;
    else if (one === ']') inClass = false;
    else if (!inClass && one === '(') depth++;
    else if (!inClass && one === ')') depth--;
    if (one === '|' && depth === 0 && !inClass) branches.push('');
    else branches[branches.length - 1] += one;
  }
  return branches;
}
