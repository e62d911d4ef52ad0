import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { DiffReport } from '../../src/model/diff.ts';
import { run } from '../cli/fake-io.ts';
import { ENV, repositoryOf } from './repository.ts';

const HERE = 'test/diff';
const isUpdate = process.env.STAKES_UPDATE === '1';

/** `scenario.json` beside `base/` and `head/`, which lie over the agents that all scenarios start from. */
interface Scenario {
  /** What a reviewer has to learn from the comment; empty: nothing. */
  shows: string;
  /** Beyond `diff main change -f markdown`. */
  options?: string[];
  code: number;
  /** Files of the base that the head has not got. */
  gone?: string[];
  /** Files of all scenarios that the base has not got. */
  without?: string[];
}

const names = readdirSync(join(HERE, 'scenarios')).sort();

describe.each(names)('%s', (name) => {
  const at = join(HERE, 'scenarios', name);
  const scenario = JSON.parse(readFileSync(join(at, 'scenario.json'), 'utf8')) as Scenario;

  test(scenario.shows === '' ? 'silent' : scenario.shows, async () => {
    const common = filesIn(join(HERE, 'common'));
    const base = { ...common, ...filesIn(join(at, 'base')) };
    for (const file of scenario.without ?? []) delete base[file];
    const head = { ...base, ...filesIn(join(at, 'head')) };
    for (const file of scenario.gone ?? []) delete head[file];
    const repository = repositoryOf(base, head);
    repository.git('branch', '--quiet', 'change');
    repository.git('reset', '--quiet', '--hard', 'HEAD^');
    const diff = (format: string) =>
      run(repository.folder, ['diff', 'main', 'change', '-f', format, ...(scenario.options ?? [])], { env: ENV });
    const { code, out, err } = await diff('markdown');
    const golden = join(at, 'comment.md');
    if (isUpdate) writeFileSync(golden, out);
    expect([code, err]).toEqual([scenario.code, '']);
    expect(out).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : '');
    const json = JSON.parse((await diff('json')).out) as DiffReport;
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    if (scenario.shows === '') expect(told(json)).toEqual([]);
    else expect(told(json)).not.toEqual([]);
  });
});

const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('schemas/diff.schema.json', 'utf8')));

/** Everything in a report that is about a change. */
function told({ agents, findings, ignores, loosened, silenced, errors }: DiffReport): unknown[] {
  return [
    ...agents.filter(({ change }) => change !== 'same'),
    ...findings.new,
    ...findings.fixed,
    ...ignores.new,
    ...ignores.wider,
    ...loosened,
    ...silenced,
    ...errors,
  ];
}

function filesIn(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}
