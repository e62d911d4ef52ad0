import type { AuditPackReport, PackEvidence, PackFramework } from '../../model/audit-pack.ts';
import type { Format } from '../context.ts';
import { code, markdown, table } from '../markdown-text.ts';

/** `INDEX.md` of a pack. */
export const format: Format<AuditPackReport> = (report) => {
  const { since, until, evidence, policies, proofs, approvers, logs, withheld, frameworks } = report;
  const sections = [
    section(
      'What is here',
      ['evidence', 'state', 'what it is', 'files'],
      evidence.map(({ kind, state, says, files }) => [kind, state, markdown(says), fileLinks(files)]),
    ),
    section(
      'Policies in force',
      ['policy', 'agents', 'calls', 'from', 'to', 'file'],
      policies.map(({ digest, agents, calls, first, last, file, state }) => [
        code(digest.slice(0, 19)),
        agents.map(code).join(', '),
        calls === 0 ? 'none in this period' : String(calls),
        first ?? '',
        last ?? '',
        file === null ? '**not found**' : `${link(state === 'redacted' ? 'covered in part' : 'file', file)}`,
      ]),
    ),
    section(
      'Proven on engines',
      ['day', 'agent', 'target', 'engine', 'result', 'policy', 'file'],
      proofs.map(({ date, agent, target, engine, version, state, policy, file }) => [
        date,
        code(agent),
        code(target),
        markdown(`${engine} ${version ?? ''}`.trim()),
        state === 'proven' ? state : `**${state}**`,
        policy === null ? 'not named' : code(policy.slice(0, 19)),
        link('file', file),
      ]),
      'Nothing was proven, or nobody gave the result to the pack: `stakes prove -f json > proof.json`, then `--proof proof.json`.',
    ),
    section(
      'Who approved what',
      ['who', 'approved', 'denied', 'expired', 'tools'],
      approvers.map(({ by, approved, denied, expired, tools }) => [
        by === null ? 'nobody' : markdown(by),
        String(approved),
        String(denied),
        String(expired),
        tools.map(code).join(', '),
      ]),
      'No call of this period asked a person.',
      'Each answer with the digest of the very arguments is in [`approvals.csv`](approvals.csv).',
    ),
    section(
      'Records',
      ['log', 'verdict', 'calls', 'files', 'signed by'],
      logs.map(({ log, verdict, calls, files, earlier, keys }) => [
        code(log),
        verdict === 'intact' ? verdict : `**${verdict}**`,
        String(calls),
        `${files.length}${earlier > 0 ? ` (and ${earlier} from before the period, not here)` : ''}`,
        keys.map(code).join(', ') || 'no key that is trusted',
      ]),
      'There are no records.',
    ),
    ...(withheld.length > 0
      ? [
          section(
            'Withheld',
            ['file', 'why'],
            withheld.map(({ file, because }) => [code(file), markdown(because)]),
          ),
        ]
      : []),
  ];
  return `${[
    '# Evidence pack',
    '',
    `What AI agents could do, did, and were kept from, from ${since} to ${until}. [README.md](README.md) says how to check it.`,
    ...sections.flat(),
    '',
    '## By framework',
    '',
    'This is a mapping: it says which evidence in this pack is about which part of a framework, and what that evidence leaves open. It is no certification, and nobody but an assessor can say that a part is met. Titles are in words of ours; the text that counts is behind the links.',
    ...frameworks.flatMap((framework) => frameworkOf(framework, evidence)),
  ].join('\n')}\n`;
};

function section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  none = 'There are none.',
  note?: string,
): string[] {
  return [
    '',
    `## ${title}`,
    ...(rows.length > 0 ? table(head, rows) : ['', none]),
    ...(note && rows.length > 0 ? ['', note] : []),
  ];
}

/** Paths in a pack are made by us: nothing in them needs to be escaped. */
const link = (text: string, file: string): string => `[${text}](${file})`;

function fileLinks(files: readonly string[]): string {
  const first = files.slice(0, 3).map((file) => link(`\`${file.split('/').at(-1)}\``, file));
  return [...first, ...(files.length > 3 ? [`and ${files.length - 3} more`] : [])].join(', ');
}

function frameworkOf(
  { title, version, date, url, covers, requirements }: PackFramework,
  evidence: readonly PackEvidence[],
): string[] {
  const stateOf = (kind: PackEvidence['kind']) => evidence.find((each) => each.kind === kind)?.state ?? 'missing';
  return [
    '',
    `### [${markdown(title)}](${url})`,
    '',
    `Edition ${markdown(version)}, published ${date}. Listed: ${markdown(covers)}.`,
    ...table(
      ['part', 'asks for', 'evidence', 'which shows', 'and leaves open'],
      requirements.map(({ id, title: asks, evidence: kinds, shows, leaves }) => [
        id,
        markdown(asks),
        kinds.map((kind) => (stateOf(kind) === 'complete' ? kind : `${kind} (**${stateOf(kind)}**)`)).join(', ') ||
          '**none**',
        markdown(shows),
        markdown(leaves),
      ]),
    ),
  ];
}
