import { basename, resolve } from 'node:path';
import { kebab } from '../import/assemble.ts';
import type { Planned } from '../import/plan.ts';
import { sourcesOf } from '../import/plan.ts';
import { agentOf, agentsOf } from '../manifest/tree.ts';
import type { InitMode } from '../model/init.ts';
import type { Problem } from '../model/place.ts';
import { onDisk } from '../source/files.ts';
import type { Start } from '../wizard/flow.ts';
import type { Candidate } from '../wizard/question.ts';
import { questions } from '../wizard/questions.ts';
import { anyAgent, quickQuestions } from '../wizard/quick.ts';
import { rootsOf } from './bundles.ts';
import { collectWith } from './collect.ts';

/** A file that answers are put into. */
export type SourceFile = Pick<Planned, 'path' | 'shown' | 'text' | 'before'> & Partial<Pick<Planned, 'memory'>>;

function sourceOf({ path, shown, text, before, state, memory }: Planned): SourceFile {
  return { path, shown, text, before, ...(state === 'yours' ? {} : { memory }) };
}

/** What a questionnaire starts from, and what an import would write for the agents that it found. */
export interface Starting {
  start: Start;
  /** By the name of the manifest. */
  plans: ReadonlyMap<string, SourceFile>;
  problems: Problem[];
}

export async function startingFrom(mode: InitMode, folder: string, cwd: string): Promise<Starting> {
  if (mode === 'quick') {
    return { start: { questions: quickQuestions, found: [], blank: anyAgent }, plans: new Map(), problems: [] };
  }
  const full = resolve(cwd, folder);
  if (!onDisk.isFolder(full)) {
    const problem = { code: 'missing-file', message: `\`${folder}\` is no folder`, help: 'name one that is there' };
    return { start: { questions, found: [], blank: anyAgent }, plans: new Map(), problems: [problem] };
  }
  const { importedFrom } = await import('./importing.ts');
  const { planned } = importedFrom([folder], { out: undefined, cwd });
  const plans = new Map(planned.map((plan): [string, SourceFile] => [plan.shown, sourceOf(plan)]));
  const overlay = new Map(planned.map(({ shown, text }) => [shown, text]));
  const { agents } = collectWith(
    planned.map(({ path }) => path),
    cwd,
    { overlay },
  );
  const described = agents.flatMap((agent): Candidate[] => {
    const plan = planned.find(({ shown }) => shown === agent.file);
    return plan && !plan.draft.isSubagent ? [{ id: agent.id, agent, sources: sourcesOf(plan) }] : [];
  });
  const own = collectWith([folder], cwd);
  const written = rootsOf(own.agents).filter(({ file }) => !plans.has(file));
  for (const agent of written.flatMap(agentsOf)) {
    const text = own.texts.get(agent.file);
    const path = resolve(cwd, agent.file);
    if (text !== undefined) plans.set(agent.file, { path, shown: agent.file, text, before: text });
  }
  const found = [...described, ...written.map((agent) => ({ id: agent.id, agent, sources: [agent.file] }))];
  const name = kebab(basename(full));
  const blank = agentOf({ schemaVersion: 1, agent: { id: name }, tools: {} }, '');
  return { start: { questions, found, blank }, plans, problems: [] };
}
