import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { agentSchema } from '../schema/agent.ts';
import { registries } from './registries.ts';
import { validatorModule } from './validator.ts';

interface Generated {
  path: string;
  content: string;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

async function generateAll(): Promise<Generated[]> {
  return [
    { path: 'schemas/agent.schema.json', content: json(agentSchema) },
    { path: 'src/manifest/validator.generated.ts', content: await validatorModule('validateAgent', agentSchema) },
    ...registries(readdirSync),
  ];
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
