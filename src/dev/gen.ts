import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { agentSchema } from '../schema/agent.ts';
import { applySchema } from '../schema/apply.ts';
import { approvalsSchema } from '../schema/approvals.ts';
import { assessmentSchema } from '../schema/assessment.ts';
import { auditMetricsSchema } from '../schema/audit-metrics.ts';
import { auditPackSchema } from '../schema/audit-pack.ts';
import { auditQuerySchema } from '../schema/audit-query.ts';
import { auditSummarySchema } from '../schema/audit-summary.ts';
import { auditVerifySchema } from '../schema/audit-verify.ts';
import { baselineSchema } from '../schema/baseline.ts';
import { generateSchema, lockSchema } from '../schema/bundle.ts';
import { catalogSchema } from '../schema/catalog.ts';
import { configSchema } from '../schema/config.ts';
import { diffSchema } from '../schema/diff.ts';
import { explainSchema, rulesSchema } from '../schema/explain.ts';
import { importSchema } from '../schema/import.ts';
import { initSchema } from '../schema/init.ts';
import { lintSchema } from '../schema/lint.ts';
import { pinsSchema } from '../schema/pins.ts';
import { policySchema } from '../schema/policy.ts';
import { proofSchema } from '../schema/proof.ts';
import { recordSchema } from '../schema/record.ts';
import { roiSchema } from '../schema/roi.ts';
import { roiFileSchema } from '../schema/roi-file.ts';
import { scanSchema } from '../schema/scan.ts';
import { tuneSchema } from '../schema/tune.ts';
import { webhookSchema } from '../schema/webhook.ts';
import { targets } from '../targets/registry.generated.ts';
import { catalogModule } from './catalog.ts';
import { docPages } from './docs/pages.ts';
import { picture } from './docs/picture.ts';
import { enforcedModule } from './enforced.ts';
import { programModules } from './programs.ts';
import { freshReadme } from './readme.ts';
import { registries } from './registries.ts';
import { ruleDocs, withRules } from './rule-docs.ts';
import { storeCatalog } from './schemastore.ts';
import { validatorModule } from './validator.ts';

interface Generated {
  path: string;
  content: string;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

async function generateAll(): Promise<Generated[]> {
  const files = [
    { path: 'schemas/agent.schema.json', content: json(agentSchema) },
    { path: 'schemas/apply.schema.json', content: json(applySchema) },
    { path: 'schemas/approvals.schema.json', content: json(approvalsSchema) },
    { path: 'schemas/assessment.schema.json', content: json(assessmentSchema) },
    { path: 'schemas/audit-metrics.schema.json', content: json(auditMetricsSchema) },
    { path: 'schemas/audit-pack.schema.json', content: json(auditPackSchema) },
    { path: 'schemas/audit-record.schema.json', content: json(recordSchema) },
    { path: 'schemas/audit-query.schema.json', content: json(auditQuerySchema) },
    { path: 'schemas/audit-report.schema.json', content: json(auditSummarySchema) },
    { path: 'schemas/audit-verify.schema.json', content: json(auditVerifySchema) },
    { path: 'schemas/baseline.schema.json', content: json(baselineSchema) },
    { path: 'schemas/catalog.schema.json', content: json(catalogSchema) },
    { path: 'schemas/diff.schema.json', content: json(diffSchema) },
    { path: 'schemas/import.schema.json', content: json(importSchema) },
    { path: 'schemas/explain.schema.json', content: json(explainSchema) },
    { path: 'schemas/config.schema.json', content: json(configSchema) },
    { path: 'schemas/generate.schema.json', content: json(generateSchema) },
    { path: 'schemas/init.schema.json', content: json(initSchema) },
    { path: 'schemas/lint.schema.json', content: json(lintSchema) },
    { path: 'schemas/lock.schema.json', content: json(lockSchema) },
    { path: 'schemas/pins.schema.json', content: json(pinsSchema) },
    { path: 'schemas/policy.schema.json', content: json(policySchema) },
    { path: 'schemas/proof.schema.json', content: json(proofSchema) },
    { path: 'schemas/roi.schema.json', content: json(roiSchema) },
    { path: 'schemas/roi-inputs.schema.json', content: json(roiFileSchema) },
    { path: 'schemas/rules.schema.json', content: json(rulesSchema) },
    { path: 'schemas/scan.schema.json', content: json(scanSchema) },
    { path: 'schemas/tune.schema.json', content: json(tuneSchema) },
    { path: 'schemas/webhook.schema.json', content: json(webhookSchema) },
    { path: 'schemas/schemastore.json', content: json(storeCatalog) },
    { path: 'src/enforce/validator.generated.ts', content: await validatorModule('validatePolicy', policySchema) },
    { path: 'src/config/validator.generated.ts', content: await validatorModule('validateConfig', configSchema) },
    { path: 'src/roi/file/validator.generated.ts', content: await validatorModule('validateRoiFile', roiFileSchema) },
    { path: 'src/manifest/validator.generated.ts', content: await validatorModule('validateAgent', agentSchema) },
    { path: 'src/cli/version.generated.ts', content: version() },
    ...(await programModules(readdirSync)),
    ...registries(readdirSync),
    { path: 'src/targets/enforced.generated.ts', content: enforcedModule(targets) },
    verifyScript(),
    catalogModule(readdirSync, (path) => readFileSync(path, 'utf8')),
    ...ruleDocs(),
    { path: 'README.md', content: withRules(await freshReadme(readFileSync('README.md', 'utf8'), targets)) },
  ];
  return [...files, ...(await docPages(files)), await picture()];
}

/** The script that goes into every pack, as text. */
function verifyScript(): Generated {
  const text = readFileSync('src/audit/pack/verify.sh', 'utf8');
  const head = '// Generated by `npm run gen` from verify.sh; do not edit.\n';
  const path = 'src/audit/pack/verify-script.generated.ts';
  return { path, content: `${head}export const VERIFY_SCRIPT = ${JSON.stringify(text)};\n` };
}

function version(): string {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  return `// Generated by \`npm run gen\` from package.json; do not edit.\nexport const VERSION = '${version}';\n`;
}

function current(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const check = process.argv.includes('--check');
const stale = (await generateAll()).filter(({ path, content }) => current(path) !== content);
for (const { path, content } of stale) {
  if (check) process.stderr.write(`stale: ${path}\n`);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    process.stdout.write(`wrote ${path}\n`);
  }
}
if (check && stale.length > 0) {
  process.stderr.write('run `npm run gen` and commit the result\n');
  process.exitCode = 1;
}
