import { isRecord } from '../source/record.ts';
import { defineImporter, type ImportFile, type Reading } from './define.ts';
import { examples } from './github-actions.examples.ts';
import { readJob } from './parts/ci/job.ts';
import { triggersOf } from './parts/ci/triggers.ts';
import { readYaml, type YamlMap } from './parts/yaml.ts';

/** Nearly every workflow runs no agent, and is none of ours even where it is broken. */
const SIGN = /claude|codex|gemini|copilot|opencode|cursor-agent|qwen|aider|\bamp\b/i;
const SURE =
  /claude-code(?:-base)?-action|codex-action|run-gemini-cli|^[^#\n]*\b(?:claude|gemini|copilot)\s+(?:-p|--p)|codex\s+exec/im;
const MOST_JOBS = 500;

export const importer = defineImporter({
  id: 'github-actions',
  since: '0.1.0',
  title: 'GitHub Actions that run an agent (.github/workflows/*.yml)',
  about:
    'One agent for each job that runs Claude Code, Codex, Gemini CLI or Copilot: what starts it, which tools it may call unasked, and what its token may do. Not what its servers do, and not what data lies in the repository.',
  files: { project: ['.github/workflows/*.yml', '.github/workflows/*.yaml'] },
  read(source) {
    const { file, text, beside } = source;
    if (!SIGN.test(text)) return { parts: [], problems: [] };
    // Compiled from a Markdown file, which says more.
    const compiled = /([^/]+)\.lock\.yml$/.exec(file)?.[1];
    if (compiled !== undefined && beside(`.github/workflows/${compiled}.md`).state === 'ok')
      return { parts: [], problems: [] };
    const documents = readYaml(file, text);
    if ('problems' in documents) return { parts: [], problems: SURE.test(text) ? documents.problems : [] };
    const readings = documents.slice(0, 1).map((yaml) => workflow(source, yaml));
    return { parts: readings.flatMap(({ parts }) => parts), problems: readings.flatMap(({ problems }) => problems) };
  },
  examples,
});

function workflow(source: ImportFile, yaml: YamlMap): Reading {
  const { jobs } = yaml.value;
  if (!isRecord(jobs)) return { parts: [], problems: [] };
  const triggers = triggersOf(yaml.value.on);
  const readings = Object.entries(jobs)
    .slice(0, MOST_JOBS)
    .flatMap(([id, job]) => (isRecord(job) ? [readJob(source, yaml, triggers, id, job)] : []));
  return { parts: readings.flatMap(({ parts }) => parts), problems: readings.flatMap(({ problems }) => problems) };
}
