import type { AuditPackReport, PackEvidence } from '../../model/audit-pack.ts';

type Found = Pick<AuditPackReport, 'agents' | 'logs' | 'policies' | 'proofs' | 'approvers' | 'withheld'>;

const many = (number: number, one: string, others = `${one}s`): string => `${number} ${number === 1 ? one : others}`;

/** What of each kind is in a pack, from what was found. Nothing that is not there is passed over. */
export function evidenceOf(found: Found): PackEvidence[] {
  return [
    assessment(found),
    policies(found),
    proofs(found),
    records(found),
    verification(found),
    approvals(found),
    metrics(found),
  ];
}

function assessment({ agents }: Found): PackEvidence {
  const [kind, files] = ['assessment', ['assessment/assessment.html', 'assessment/assessment.json']] as const;
  if (agents.length === 0) return { kind, state: 'missing', files: [], says: 'no manifest was found' };
  const said = agents.map(({ agent, tier }) => `\`${agent}\` is ${tier}`).join(', ');
  return { kind, state: 'complete', files: [...files], says: `${many(agents.length, 'agent')}: ${said}` };
}

function policies({ policies: all }: Found): PackEvidence {
  const kind = 'policies' as const;
  const files = all.flatMap(({ file }) => (file === null ? [] : [file]));
  if (all.length === 0) return { kind, state: 'missing', files, says: 'no policy was found, and no record names one' };
  const used = all.filter(({ calls }) => calls > 0);
  const missing = used.filter(({ state }) => state === 'missing').length;
  const covered = all.filter(({ state }) => state === 'redacted').length;
  const parts = [
    used.length === 0
      ? 'no call of the period names a policy'
      : `${many(used.length, 'policy', 'policies')} decided calls in the period`,
    ...(missing > 0 ? [`${missing} of them ${missing === 1 ? 'was' : 'were'} not found`] : []),
    ...(covered > 0 ? [`${many(covered, 'file')} held what looked like a secret, which is covered`] : []),
  ];
  const state = files.length === 0 ? 'missing' : missing + covered > 0 ? 'partial' : 'complete';
  return { kind, state, files, says: parts.join('; ') };
}

function proofs({ proofs: all, policies: known }: Found): PackEvidence {
  const kind = 'proofs' as const;
  const files = [...new Set(all.map(({ file }) => file))];
  if (all.length === 0)
    return {
      kind,
      state: 'missing',
      files,
      says: 'not proven: no result of `stakes prove` was given to the pack',
    };
  const ran = all.filter(({ state }) => state === 'proven');
  const failed = all.filter(({ state }) => state === 'failed').length;
  const open = all.filter(({ state }) => state === 'not-proven').length;
  const used = known.filter(({ calls }) => calls > 0);
  const isUsed = (policy: string | null) => used.some(({ digest }) => digest === policy);
  const other = used.length === 0 ? 0 : ran.filter(({ policy }) => !isUsed(policy)).length;
  const parts = [
    `${many(ran.length, 'time')} proven on an engine`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(open > 0 ? [`${open} not proven`] : []),
    ...(other > 0 ? [`${other} of another policy than those that decided calls in the period`] : []),
  ];
  const state = ran.length === 0 ? 'missing' : failed + open + other > 0 ? 'partial' : 'complete';
  return { kind, state, files, says: parts.join('; ') };
}

function records({ logs, withheld }: Found): PackEvidence {
  const kind = 'records' as const;
  const files = logs.flatMap((log) => log.files);
  const calls = logs.reduce((sum, log) => sum + log.calls, 0);
  const earlier = logs.reduce((sum, log) => sum + log.earlier, 0);
  const parts = [
    `${many(calls, 'call')} in ${many(logs.length, 'log')}`,
    ...(earlier > 0
      ? [`${many(earlier, 'file')} from before the period ${earlier === 1 ? 'is' : 'are'} not in the pack`]
      : []),
    ...(withheld.length > 0
      ? [`${many(withheld.length, 'file')} of the period ${withheld.length === 1 ? 'is' : 'are'} withheld`]
      : []),
  ];
  const state = files.length === 0 ? 'missing' : withheld.length > 0 ? 'partial' : 'complete';
  return { kind, state, files, says: parts.join('; ') };
}

function verification({ logs }: Found): PackEvidence {
  const kind = 'verification' as const;
  const files = logs.map(({ log }) => `verification/${log}.json`);
  if (logs.length === 0) return { kind, state: 'missing', files, says: 'there are no records to verify' };
  const intact = logs.filter(({ verdict }) => verdict === 'intact').length;
  const others = logs
    .filter(({ verdict }) => verdict !== 'intact')
    .map(({ log, verdict }) => `\`${log}\` is ${verdict}`);
  const state = intact === logs.length ? 'complete' : intact > 0 ? 'partial' : 'missing';
  const says = [`${intact} of ${many(logs.length, 'log')} ${intact === 1 ? 'is' : 'are'} intact`, ...others].join('; ');
  return { kind, state, files, says };
}

function approvals({ approvers, logs }: Found): PackEvidence {
  const kind = 'approvals' as const;
  if (logs.length === 0) return { kind, state: 'missing', files: [], says: 'there are no records' };
  const sum = (of: 'approved' | 'denied' | 'expired') => approvers.reduce((all, each) => all + each[of], 0);
  const people = approvers.filter(({ by }) => by !== null).length;
  const says =
    approvers.length === 0
      ? 'no call of the period asked a person'
      : `${many(people, 'person', 'people')} approved ${sum('approved')} and denied ${sum('denied')}; ${sum('expired')} expired`;
  return { kind, state: 'complete', files: ['approvals.csv'], says };
}

function metrics({ logs }: Found): PackEvidence {
  const kind = 'metrics' as const;
  const calls = logs.reduce((sum, log) => sum + log.calls, 0);
  if (calls === 0) return { kind, state: 'missing', files: [], says: 'no call was recorded in the period' };
  return {
    kind,
    state: 'complete',
    files: ['metrics.json', 'metrics.md'],
    says: `of ${many(calls, 'call')}, week by week`,
  };
}
