import { measure, type Period } from '../audit/metrics/measure.ts';
import { type Draft, sumsText } from '../audit/pack/draft.ts';
import { evidenceOf } from '../audit/pack/evidence.ts';
import { frameworks } from '../audit/pack/frameworks/registry.generated.ts';
import { APPROVAL_FIELDS, approvalCells, gather, startGathering } from '../audit/pack/in-period.ts';
import { type PackedLog, packLog } from '../audit/pack/log.ts';
import { SIGNATURE, SUMS } from '../audit/pack/place.ts';
import { packPolicies } from '../audit/pack/policies.ts';
import { packReadme } from '../audit/pack/readme.ts';
import { packKeys, signedPack } from '../audit/pack/sign.ts';
import { VERIFY_SCRIPT } from '../audit/pack/verify-script.generated.ts';
import type { TrustedKey } from '../audit/public-keys.ts';
import type { Question } from '../audit/questions.ts';
import { keyText } from '../audit/verifier-key.ts';
import type { AuditMetricsReport } from '../model/audit-metrics.ts';
import { AUDIT_PACK_SCHEMA, type AuditPackReport, type PackFramework } from '../model/audit-pack.ts';
import { formats as assessFormats } from '../report/assess/formats.generated.ts';
import { formats as metricsFormats } from '../report/audit-metrics/formats.generated.ts';
import { formats as packFormats } from '../report/audit-pack/formats.generated.ts';
import { formats as verifyFormats } from '../report/audit-verify/formats.generated.ts';
import { plainPaint } from '../report/context.ts';
import { csvLine } from '../report/csv.ts';
import { redactAll } from '../source/secrets.ts';
import type { NamedLog } from './logs-here.ts';
import type { PackInputs } from './pack-inputs.ts';
import { ruleMetas } from './rule-explanations.ts';
import { VERSION } from './version.generated.ts';

export interface Packing extends PackInputs {
  period: Period;
  questions: readonly Question[];
  trusted: ReadonlyMap<NamedLog, readonly TrustedKey[]>;
}

/** Fills a draft with everything, and says what is in it. Throws what the system says. */
export async function writePack(packing: Packing, draft: Draft): Promise<AuditPackReport> {
  const { logs, assessment, period, proofs } = packing;
  const [since, until] = [new Date(period.since).toISOString(), new Date(period.until).toISOString()];
  const packed = logs.flatMap((log) => {
    const one = packLog(log.name, log.files, packing.trusted.get(log) ?? [], { since, until }, draft);
    return one ? [{ ...one, from: log }] : [];
  });
  const { metrics, gathered } = await writeRecordsOf(packed, packing, draft);
  const policies = packPolicies(packing.policies, gathered.policies, draft);
  await writeAssessment(packing, draft);
  const found = {
    agents: assessment.results.map(({ agent, file, tier }) => ({ agent, file, tier })),
    logs: packed.map(({ log, copied, report, keys }) => ({
      log,
      origin: report.log?.origin ?? null,
      verdict: report.log?.verdict ?? 'broken',
      files: copied.period.flatMap((file) => file.packed ?? []),
      earlier: copied.earlier.length,
      calls: metrics.logs.find((each) => each.log === log)?.calls ?? 0,
      keys,
    })),
    policies,
    proofs: proofs.flatMap((proof, i) => {
      const file = `proofs/proof-${i + 1}.json`;
      draft.add(file, proof.text);
      return proof.proofs.map((each) => ({ file, ...each }));
    }),
    approvers: [...gathered.approvers]
      .sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
      .map(([by, { tools, ...counts }]) => ({ by: by === '' ? null : by, ...counts, tools: [...tools].sort() })),
    withheld: packed.flatMap(({ copied }) => copied.withheld),
  };
  const signing = packKeys(
    packed.flatMap(({ from, report, keys }) =>
      from.keys === undefined || report.log?.origin == null
        ? []
        : [{ keys: from.keys, origin: report.log.origin, used: keys }],
    ),
  );
  const report: AuditPackReport = redactAll({
    schema: AUDIT_PACK_SCHEMA,
    since,
    until,
    evidence: evidenceOf(found),
    ...found,
    frameworks: frameworks.map(mapped),
    signedBy: signing.map(({ key }) => keyText(key)),
    errors: metrics.errors,
  });
  const context = { paint: plainPaint, columns: 80, texts: new Map() };
  draft.add('index.json', (await packFormats.json()).format(report, context));
  draft.add('INDEX.md', (await packFormats.markdown()).format(report, context));
  // A part of a log is checked file by file: as a whole, its beginning would be missing.
  const recorded = packed.flatMap(({ log, copied }) => {
    const [first] = copied.period.flatMap(({ packed: file }) => file ?? []);
    return first === undefined ? [] : [{ log, first, whole: copied.earlier.length === 0 ? `records/${log}` : first }];
  });
  draft.add('README.md', packReadme({ since, until, logs: recorded, isSigned: signing.length > 0, version: VERSION }));
  draft.add('verify.sh', VERIFY_SCRIPT);
  const sums = sumsText(draft.sums);
  draft.add(SUMS, sums);
  if (signing.length > 0) draft.add(SIGNATURE, signedPack(sums, signing));
  return report;
}

/** Verification, approvals and metrics: everything that is read out of the records. */
async function writeRecordsOf(packed: readonly PackedLog[], { period, questions }: Packing, draft: Draft) {
  const context = { paint: plainPaint, columns: 80, texts: new Map() };
  for (const { log, report } of packed)
    draft.add(`verification/${log}.json`, (await verifyFormats.json()).format(redactAll(report), context));
  const gathered = startGathering();
  const approvals = packed.length > 0 ? draft.begin('approvals.csv') : undefined;
  approvals?.write(csvLine(APPROVAL_FIELDS));
  const metrics: AuditMetricsReport = redactAll(
    measure(
      packed.map(({ log, copied }) => ({ log, files: copied.period })),
      questions,
      period,
      (intent, log) => {
        gather(gathered, intent);
        const cells = approvalCells(log, intent);
        if (cells !== undefined) approvals?.write(csvLine(cells));
      },
    ),
  );
  approvals?.end();
  if (metrics.logs.some(({ calls }) => calls > 0)) {
    draft.add('metrics.json', (await metricsFormats.json()).format(metrics, context));
    draft.add('metrics.md', (await metricsFormats.markdown()).format(metrics, context));
  }
  return { metrics, gathered };
}

async function writeAssessment({ assessment, texts }: Packing, draft: Draft): Promise<void> {
  if (assessment.results.length === 0) return;
  const context = { paint: plainPaint, columns: 80, texts };
  draft.add('assessment/assessment.json', (await assessFormats.json()).format(assessment, context));
  draft.add('assessment/assessment.html', (await assessFormats.html()).format(assessment, context));
}

function mapped({ source, requirements, ...framework }: (typeof frameworks)[number]): PackFramework {
  const metas = source === undefined ? [] : ruleMetas();
  return {
    ...framework,
    requirements: requirements.map(({ evidence, ...requirement }) => ({
      ...requirement,
      evidence: [...evidence],
      rules: metas.filter(({ sources }) => sources.includes(`${source}${requirement.id}`)).map(({ id }) => id),
    })),
  };
}
