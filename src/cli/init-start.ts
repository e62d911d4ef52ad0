import { basename, resolve } from 'node:path';
import { kebab } from '../import/assemble.ts';
import type { Planned } from '../import/plan.ts';
import { agentOf, agentsOf } from '../manifest/tree.ts';
import type { InitMode } from '../model/init.ts';
import type { Problem } from '../model/place.ts';
import { onDisk } from '../source/files.ts';
import type { Start } from '../wizard/flow.ts';
import type { Candidate } from '../wizard/question.ts';
import { NEW } from '../wizard/questions/agent.ts';
import { questions } from '../wizard/questions.ts';
import { anyAgent, quickQuestions } from '../wizard/quick.ts';
import { rootsOf } from './bundles.ts';
import { collectWith } from './collect.ts';
import type { Io } from './io.ts';

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
  /** Things that an import has to say about files that it read. */
  remarks: number;
}

export async function startingFrom(mode: InitMode, folder: string, io: Io): Promise<Starting> {
  if (mode === 'quick') {
    return {
      start: { questions: quickQuestions, found: [], blank: anyAgent },
      plans: new Map(),
      problems: [],
      remarks: 0,
    };
  }
  const { cwd } = io;
  const full = resolve(cwd, folder);
  if (!onDisk.isFolder(full)) {
    const problem = { code: 'missing-file', message: `\`${folder}\` is no folder`, help: 'name one that is there' };
    return { start: { questions, found: [], blank: anyAgent }, plans: new Map(), problems: [problem], remarks: 0 };
  }
  const { importedFrom } = await import('./importing.ts');
  const { planned, problems: unread } = importedFrom([folder], { out: undefined }, io);
  const plans = new Map(planned.map((plan): [string, SourceFile] => [plan.shown, sourceOf(plan)]));
  const overlay = new Map(planned.map(({ shown, text }) => [shown, text]));
  const { agents } = collectWith(
    planned.map(({ path }) => path),
    cwd,
    { overlay },
  );
  const described = agents.flatMap((agent): Candidate[] => {
    const plan = planned.find(({ shown }) => shown === agent.file);
    return plan && !plan.draft.isSubagent ? [{ id: agent.id, agent, sources: plan.draft.files }] : [];
  });
  const own = collectWith([folder], cwd);
  const written = rootsOf(own.agents).filter(({ file }) => !plans.has(file));
  for (const agent of written.flatMap(agentsOf)) {
    const text = own.texts.get(agent.file);
    const path = resolve(cwd, agent.file);
    if (text !== undefined) plans.set(agent.file, { path, shown: agent.file, text, before: text });
  }
  const all = [...described, ...written.map((agent) => ({ id: agent.id, agent, sources: [agent.file] }))];
  // Of two with one id, each goes by its file.
  const found = all.map((one) =>
    one.id === NEW || all.filter(({ id }) => id === one.id).length > 1 ? { ...one, id: one.agent.file } : one,
  );
  const name = kebab(basename(full));
  const blank = agentOf({ schemaVersion: 1, agent: { id: name }, tools: {} }, '');
  return { start: { questions, found, blank }, plans, problems: [], remarks: unread.length };
}
