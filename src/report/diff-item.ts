import type { AgentDiff, Change, DiffReport, Loosening, ToolChange } from '../model/diff.ts';
import type { Finding } from '../model/finding.ts';
import type { Place, Span } from '../model/place.ts';
import { type LintItem, lintItem } from './lint-item.ts';
import { type ProblemItem, problemItem } from './problem-item.ts';

/** A change as JSON reports carry it: its place, where there is one, is spread into it. */
export interface ChangeItem extends Omit<Change, 'place'>, Partial<Span> {}

export interface ToolChangeItem extends Omit<ToolChange, 'changes'> {
  changes: ChangeItem[];
}

export interface FindingItems {
  new: LintItem[];
  fixed: LintItem[];
}

export interface AgentDiffItem
  extends Omit<AgentDiff, 'because' | 'tools' | 'settings' | 'findings' | 'place'>,
    Partial<Span> {
  pointer: string;
  because: ChangeItem[];
  tools: Omit<AgentDiff['tools'], 'changed'> & { changed: ToolChangeItem[] };
  settings: ChangeItem[];
  findings: FindingItems;
}

export interface LooseningItem extends Omit<Loosening, 'place'>, Partial<Omit<Place, 'file'>> {}

export interface DiffJson extends Omit<DiffReport, 'agents' | 'findings' | 'loosened' | 'silenced' | 'errors'> {
  agents: AgentDiffItem[];
  findings: FindingItems;
  loosened: LooseningItem[];
  silenced: LintItem[];
  errors: ProblemItem[];
}

export function diffJson({ agents, findings, loosened, silenced, errors, ...report }: DiffReport): DiffJson {
  return {
    schema: report.schema,
    base: report.base,
    head: report.head,
    trusted: report.trusted,
    agents: agents.map(agentItem),
    findings: findingItems(findings),
    ignores: report.ignores,
    loosened: loosened.map(({ message, file, place }) => ({ message, ...place, file })),
    silenced: silenced.map(lintItem),
    errors: errors.map(problemItem),
  };
}

function agentItem(diff: AgentDiff): AgentDiffItem {
  const { agent, name, file, document, place, because, tools, settings, findings, ...rest } = diff;
  return {
    agent,
    name,
    file,
    document,
    pointer: place?.pointer ?? '',
    ...spanOf(place),
    ...rest,
    because: because.map(changeItem),
    tools: { ...tools, changed: tools.changed.map((tool) => ({ ...tool, changes: tool.changes.map(changeItem) })) },
    settings: settings.map(changeItem),
    findings: findingItems(findings),
  };
}

function changeItem({ place, ...change }: Change): ChangeItem {
  return { ...change, ...spanOf(place) };
}

const findingItems = ({ new: found, fixed }: { new: Finding[]; fixed: Finding[] }): FindingItems => ({
  new: found.map(lintItem),
  fixed: fixed.map(lintItem),
});

function spanOf(place: Place | undefined): Partial<Span> {
  if (!place) return {};
  const { line, column, endLine, endColumn } = place;
  return { line, column, endLine, endColumn };
}
