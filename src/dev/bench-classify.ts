// The classifier against labelled tools: `npm run bench:classify -- <file.jsonl> [--misses 10]`. One server a line:
// `{package, tools: [{name, description, inputSchema, annotations, label}]}`. `unknown` counts as the worst answer.
import { readFileSync } from 'node:fs';
import type { Classified, ListedTool } from '../model/scan.ts';
import { classify } from '../scan/classify.ts';

interface Label {
  effect: 'read' | 'write';
  reversible: null | 'reversible' | 'irreversible';
  sensitive: boolean;
  egress: boolean;
  arbitrary: boolean;
  confidence: 'high' | 'low';
}
interface Tried {
  server: string;
  tool: ListedTool & { label: Label };
  found: Classified;
}

const CLASSES = ['read', 'reversible', 'irreversible'] as const;
const ROUNDS = 1000;

const args = process.argv.slice(2);
const wanted = args.includes('--misses') ? Number(args[args.indexOf('--misses') + 1]) : 10;
const [file] = args.filter((arg, at) => !arg.startsWith('--') && args[at - 1] !== '--misses');
if (file === undefined) throw new Error('say which file: npm run bench:classify -- <file.jsonl>');

const servers = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as { package: string; tools: (ListedTool & { label: Label })[] })
  .map(({ package: server, tools }) => tools.map((tool): Tried => ({ server, tool, found: classify(tool, server) })));

const classOf = ({ effect, reversible }: Classified) =>
  effect === 'read' ? 'read' : effect === 'write' && reversible === true ? 'reversible' : 'irreversible';
const labelled = ({ tool: { label } }: Tried) =>
  label.effect === 'read' ? 'read' : (label.reversible ?? 'irreversible');

/** Each measure as (said, true) of one tool. */
const COLUMNS: Record<string, (tried: Tried) => [boolean, boolean]> = {
  write: (tried) => [classOf(tried.found) !== 'read', labelled(tried) !== 'read'],
  irreversible: (tried) => [classOf(tried.found) === 'irreversible', labelled(tried) === 'irreversible'],
  sensitive: ({ found, tool }) => [found.sensitive !== false, tool.label.sensitive],
  egress: ({ found, tool }) => [found.egress !== 'none', tool.label.egress],
  arbitrary: ({ found, tool }) => [found.arbitrary !== false, tool.label.arbitrary],
};

function rates(pairs: [boolean, boolean][]): [precision: number, recall: number, f1: number] {
  const count = (said: boolean, is: boolean) => pairs.filter(([one, other]) => one === said && other === is).length;
  const [hit, false_, missed] = [count(true, true), count(true, false), count(false, true)];
  return [hit / (hit + false_ || 1), hit / (hit + missed || 1), (2 * hit) / (2 * hit + false_ + missed || 1)];
}

const accuracy = (all: Tried[]) =>
  all.filter((tried) => classOf(tried.found) === labelled(tried)).length / (all.length || 1);
const hidden = (all: Tried[]) =>
  all.filter((tried) => classOf(tried.found) === 'read' && labelled(tried) === 'irreversible').length;

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The middle 95 % of a measure when whole servers are drawn again. */
function interval(groups: Tried[][], measure: (all: Tried[]) => number): string {
  const next = random(1);
  const values = Array.from({ length: ROUNDS }, () =>
    measure(groups.flatMap(() => groups[Math.floor(next() * groups.length)] ?? [])),
  ).sort((a, b) => a - b);
  const at = (share: number) => (values[Math.floor(share * (ROUNDS - 1))] ?? 0).toFixed(2);
  return `${at(0.025)}-${at(0.975)}`;
}

function table(title: string, groups: Tried[][]): string {
  const all = groups.flat();
  const rows = Object.entries(COLUMNS).map(([name, column]) => {
    const [precision, recall, f1] = rates(all.map(column));
    const range = interval(groups, (some) => rates(some.map(column))[2]);
    const ranges =
      name === 'irreversible'
        ? `, precision ${interval(groups, (some) => rates(some.map(column))[0])}, recall ${interval(groups, (some) => rates(some.map(column))[1])}`
        : '';
    return `| ${name} | ${precision.toFixed(3)} | ${recall.toFixed(3)} | ${f1.toFixed(3)} | ${range}${ranges} |`;
  });
  const known = all.filter(({ found }) => found.effect !== 'unknown' && found.reversible !== 'unknown').length;
  return [
    `${title}: ${all.length} tools of ${groups.length} servers`,
    '| | precision | recall | F1 | 95 % over servers |',
    '|---|---|---|---|---|',
    ...rows,
    `three classes: ${accuracy(all).toFixed(3)} (${interval(groups, accuracy)}); irreversible called read: ${hidden(all)}; answered without \`unknown\`: ${known} of ${all.length}`,
    '',
  ].join('\n');
}

function cost(tried: Tried): number {
  const [said, is] = [CLASSES.indexOf(classOf(tried.found)), CLASSES.indexOf(labelled(tried))];
  const classes = is > said ? (is - said) * 10 + (is === 2 ? 5 : 0) : (said - is) * 4;
  const others = Object.entries(COLUMNS)
    .slice(2)
    .filter(([, column]) => column(tried)[0] !== column(tried)[1]).length;
  return (classes + others) * (tried.tool.label.confidence === 'high' ? 2 : 1);
}

function told(tried: Tried): string {
  const { label, name } = tried.tool;
  const { found } = tried;
  const truth = [
    labelled(tried),
    label.sensitive && 'sensitive',
    label.egress && 'egress',
    label.arbitrary && 'arbitrary',
  ];
  const said = [
    classOf(found),
    found.sensitive && 'sensitive',
    found.egress !== 'none' && 'egress',
    found.arbitrary && 'arbitrary',
  ];
  const why = found.because.map(({ fact, why: words }) => `${fact}: ${words}`).join('; ');
  return `${tried.server} ${String(name)} (${label.confidence})\n    is ${truth.filter(Boolean).join(', ')}; called ${said.filter(Boolean).join(', ')}\n    ${why}`;
}

function timing(all: Tried[]): string {
  const times = all
    .map(({ tool, server }) => {
      let least = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 5; round++) {
        const start = performance.now();
        classify(tool, server);
        least = Math.min(least, performance.now() - start);
      }
      return least;
    })
    .sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(3);
  return `time a tool, least of 5: median ${at(0.5)} ms, 99 % ${at(0.99)} ms, worst ${at(1)} ms (must be under 1)`;
}

const high = servers
  .map((all) => all.filter(({ tool }) => tool.label.confidence === 'high'))
  .filter((all) => all.length > 0);
const misses = servers
  .flat()
  .filter((tried) => cost(tried) > 0)
  .sort((a, b) => cost(b) - cost(a))
  .slice(0, wanted);
process.stdout.write(
  `${table('labels of high confidence', high)}\n${table('all labels', servers)}\nthe worst misses:\n${misses.map(told).join('\n')}\n\n${timing(servers.flat())}\n`,
);
