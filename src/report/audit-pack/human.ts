import type { AuditPackReport, PackEvidence } from '../../model/audit-pack.ts';
import type { Format, Paint } from '../context.ts';
import { renderProblems } from '../problems.ts';
import { row } from '../row.ts';
import { shown } from '../shown.ts';
import { count, prose } from '../words.ts';
import { wrap } from '../wrap.ts';

const MARKS: Record<PackEvidence['state'], { mark: string; style: keyof Paint }> = {
  complete: { mark: '✓', style: 'good' },
  partial: { mark: '~', style: 'warn' },
  missing: { mark: '✗', style: 'bad' },
};

/** What would bring the rest. */
const HINTS: Partial<Record<PackEvidence['kind'], string>> = {
  assessment: '`--manifest <path>` names the agents to assess',
  policies: '`--policy <file>` names one that was in force, such as an earlier one from version control',
  proofs: '`stakes prove -f json > proof.json`, then `--proof proof.json`',
};

/** What is in the pack, what is not, and what it says of which framework. */
export const format: Format<AuditPackReport> = (report, context) => {
  const { since, until, evidence, frameworks, withheld, signedBy, errors } = report;
  const head = [{ text: 'Evidence', style: 'strong' }, ` from ${since} to ${until}`] as const;
  const rows = evidence.flatMap(({ kind, state, says }) => {
    const { mark, style } = MARKS[state];
    const text = state === 'complete' ? says : `${state}: ${says}`;
    const hint = state === 'missing' || kind === 'policies' ? HINTS[kind] : undefined;
    const isWhole = state === 'complete' || hint === undefined;
    return [
      ...row({ mark: { text: mark, style }, label: { text: kind }, text: [prose(shown(text))] }, context),
      ...(isWhole ? [] : row({ label: { text: '' }, text: [{ text: prose(`help: ${hint}`), style: 'dim' }] }, context)),
    ];
  });
  const held = withheld.flatMap(({ file, because }) =>
    row(
      {
        mark: { text: '✗', style: 'bad' },
        label: { text: 'withheld' },
        text: [prose(shown(`\`${file}\`: ${because}`))],
      },
      context,
    ),
  );
  const signed = row(
    {
      label: { text: 'signed' },
      text: [
        signedBy.length === 0
          ? 'by nobody: the key of no log is on this machine'
          : `by ${signedBy.map((key) => shown(key, 300)).join(', ')}`,
      ],
    },
    context,
  );
  const mapped = frameworks.flatMap(({ title, requirements }) => {
    const about = requirements.filter((each) => each.evidence.length > 0);
    const whole = about.filter((each) =>
      each.evidence.every((kind) => evidence.some((one) => one.kind === kind && one.state === 'complete')),
    );
    const text = `${title}: evidence for ${about.length} of ${count(requirements.length, 'part')}, all of it here for ${whole.length}`;
    return wrap([text], { ...context, first: ['  '], rest: ['    '] });
  });
  return [
    `${[...wrap(head, context), ...rows, ...held, ...signed].join('\n')}\n`,
    `${[...wrap([{ text: 'By framework', style: 'strong' }, ' (a mapping, and no certification)'], context), ...mapped].join('\n')}\n`,
    ...(errors.length > 0 ? [renderProblems(errors, context)] : []),
  ].join('\n');
};
