import { readdirSync } from 'node:fs';
import { assess } from '../../assess/assess.ts';
import { discover } from '../../manifest/discover.ts';
import { createLoader } from '../../manifest/load.ts';
import { CONTROLS } from '../../model/controls.ts';
import type { Policy } from '../../model/policy.ts';
import { buildPolicy } from '../../policy/build.ts';
import { provers } from '../../prove/registry.generated.ts';
import { capital } from '../../report/explain-markdown.ts';
import { code } from '../../report/markdown-text.ts';
import type { Target } from '../../targets/define.ts';
import type { Prover } from '../../targets/prover.ts';
import { targets } from '../../targets/registry.generated.ts';
import { installWords } from './installs.ts';
import { lossRows } from './losses.ts';
import { link, markdown, type Page, page, table } from './page.ts';
import { trapsOf } from './traps.ts';

/** Whose instructions are shown. */
const SHOWN = 'payout-analyst';

/** What policies are written for, and a page for each. */
export async function targetPages(): Promise<Page[]> {
  const policies = examplePolicies();
  const proven = new Map<string, Prover>();
  for (const { target, load } of provers) proven.set(target, (await load()).prover);
  return [index(), ...targets.map((target) => targetPage(target, proven.get(target.id), policies))];
}

function index(): Page {
  const rows = targets.map(({ id, title, proof, summary, standard }) => [
    link(code(id), `targets/${id}.md`),
    markdown(title),
    markdown(summary),
    proof === 'engine' ? 'the real engine' : 'its published format only',
    standard ? 'unasked' : `\`-t ${id}\``,
  ]);
  const enforced = CONTROLS.flatMap((control) => {
    const by = targets.filter(({ enforces }) => enforces.includes(control));
    const links = by.map(({ id }) => link(code(id), `targets/${id}.md`));
    return by.length === 0 ? [] : [[link(code(control), `controls.md#${control}`), links.join(', ')]];
  });
  const nobody = CONTROLS.filter((control) => !targets.some(({ enforces }) => enforces.includes(control)));
  return page(
    'targets',
    'Targets',
    'The engines that `stakes generate` writes a policy for. No engine can say all of a policy; what each cannot enforce is in the `LOSSES.md` of every bundle, and on the page of the target.',
    [
      ...table(['target', 'engine', 'files', 'checked against', 'written'], rows),
      '',
      '## What holds once it is installed',
      '',
      'The tests prove each of these on the engine, or on its format where there is no engine. An assessment sees what `stakes apply` put into the project, as long as it holds; state what is installed elsewhere under `controls` of the [manifest](schema.md#controls), with where it can be checked. A target that sees calls of MCP servers only counts where the agent has no other tools.',
      ...table(['control', 'enforced by'], enforced),
      '',
      `No target enforces ${nobody.map(code).join(', ')}: what shows them is in [Controls](controls.md).`,
    ],
  );
}

function targetPage(target: Target, prover: Prover | undefined, policies: ReadonlyMap<string, Policy>): Page {
  const { id, title, summary, enforces, installs } = target;
  const shown = policies.get(SHOWN);
  const losses = lossRows(target, policies);
  const traps = trapsOf(id);
  return page(`targets/${id}`, title, `${capital(markdown(summary))}.`, [
    `- **id**: ${code(id)}, for \`-t\``,
    `- **enforces**: ${enforces.length === 0 ? 'no control by itself' : enforces.map((control) => link(code(control), `../controls.md#${control}`)).join(', ')}`,
    `- **proof**: ${proofWords(target, prover)}`,
    `- **written**: ${target.standard ? 'by `stakes generate` unasked' : `on request, by \`stakes generate -t ${id}\`, and from then on with the rest of the bundle`}`,
    '',
    '## Installing it',
    '',
    ...installs.map((way) => `- ${installWords(way)}`),
    '',
    ...(shown === undefined
      ? []
      : [
          `The bundle of ${link(code(SHOWN), `../../examples/${SHOWN}.agent.yaml`)} says:`,
          '',
          ...quoted(target.usage(shown)),
          '',
        ]),
    '## What it cannot enforce',
    '',
    ...(losses.length === 0
      ? ['Nothing of the example manifests.']
      : [
          `Of the ${policies.size} ${link('example manifests', '../../examples/README.md')}; names and numbers are those of one of them. *Stricter* means that less runs than the policy would let through.`,
          ...table(['what', 'what is lost', 'instead', 'examples'], losses),
        ]),
    '',
    ...(traps.length === 0
      ? []
      : [
          '## How the engine lets calls through',
          '',
          'Ways in which this engine fails open, found on the real one or in its source. Each has a test that asks twice: with files as one would write them, where the call goes through, and with these, where it does not.',
          '',
          ...traps.map((trap) => `- ${markdown(trap)}`),
        ]),
  ]);
}

function proofWords({ proof }: Target, prover: Prover | undefined): string {
  if (prover === undefined)
    return proof === 'engine'
      ? 'by Stakes itself; there is no other engine'
      : 'checked against its published format only; no engine ran it';
  const needs = prover.needs.length === 0 ? '' : `; on Linux it needs ${prover.needs.map(code).join(', ')}`;
  return `\`stakes prove -t ${prover.engine}\` runs it on ${markdown(prover.title)} (${code(prover.install)}${needs})`;
}

function quoted(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`));
}

/** By id, in the order of their files. */
function examplePolicies(): Map<string, Policy> {
  const cwd = process.cwd();
  const loader = createLoader({ cwd, root: cwd });
  const files = readdirSync('examples').filter((name) => name.endsWith('.agent.yaml'));
  const agents = discover(['examples'], cwd).files.flatMap((file) => {
    const loaded = loader.load(file);
    return loaded.state === 'ok' ? loaded.value : [];
  });
  if (agents.length < files.length) throw new Error('an example cannot be read');
  return new Map(
    agents.map((agent) => {
      const policy = buildPolicy(agent, assess(agent));
      if (policy.state !== 'ok') throw new Error(`there is no policy of \`${agent.id}\``);
      return [agent.id, policy.value];
    }),
  );
}
