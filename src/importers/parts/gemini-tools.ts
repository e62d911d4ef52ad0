import { geminiCli } from '../../catalog/hosts/gemini-cli.ts';
import type { ToolFacts } from '../../model/manifest.ts';
import { pointerOf } from '../../source/pointer.ts';
import { textsOf } from './references.ts';

/** The names of the program's classes, which settings took before. */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ['LSTool', 'list_directory'],
  ['ReadFileTool', 'read_file'],
  ['ReadManyFilesTool', 'read_many_files'],
  ['GlobTool', 'glob'],
  ['GrepTool', 'search_file_content'],
  ['RipGrepTool', 'search_file_content'],
  ['EditTool', 'replace'],
  ['WriteFileTool', 'write_file'],
  ['ShellTool', 'run_shell_command'],
  ['WebFetchTool', 'web_fetch'],
  ['WebSearchTool', 'google_web_search'],
  ['MemoryTool', 'save_memory'],
  ['grep_search', 'search_file_content'],
]);

interface Entry {
  text: string;
  tool: string;
  /** It speaks of some calls only. */
  isPart: boolean;
}

function entriesOf(texts: readonly string[]): Entry[] {
  return texts.slice(0, 1000).flatMap((text) => {
    const parts = /^([A-Za-z_][\w-]{0,100})(?:\(([\s\S]*)\))?$/.exec(text.trim());
    if (!parts) return [];
    const [, name = '', only] = parts;
    return [{ text, tool: CLASSES.get(name) ?? name, isPart: only !== undefined }];
  });
}

/** The built-in tools, with what the lists say of them. Some calls that land unasked are enough for `allow`. */
export function toolsIn({ core, allowed, excluded }: { core: unknown; allowed: string[]; excluded: string[] }) {
  const only = Array.isArray(core) ? new Set(entriesOf(textsOf(core)).map(({ tool }) => tool)) : undefined;
  const [free, refused] = [entriesOf(allowed), entriesOf(excluded)];
  const notes = new Map<string, string>();
  const named = Object.entries(geminiCli.tools).filter(([name, { unlisted }]) => only?.has(name) ?? !unlisted);
  const entries = named.map(([name, { facts }]): [string, ToolFacts] => {
    const mine = (list: readonly Entry[]) => list.filter(({ tool }) => tool === name);
    const access = mine(refused).some(({ isPart }) => !isPart) ? 'deny' : mine(free).length > 0 ? 'allow' : undefined;
    const told = [wordsFor(mine(free), 'land unasked'), wordsFor(mine(refused), 'are refused')].filter(
      (text) => text !== '',
    );
    if (told.length > 0 && access !== 'deny') notes.set(pointerOf('tools', name), told.join('; '));
    return [name, { ...facts, ...(access ? { access } : {}) }];
  });
  return { facts: Object.fromEntries(entries), notes: Object.fromEntries(notes) };
}

function wordsFor(entries: readonly Entry[], what: string): string {
  const parts = entries.filter(({ isPart }) => isPart).map(({ text }) => text.slice(0, 80));
  return parts.length === 0 ? '' : `${parts.slice(0, 5).join(', ')} ${what}`;
}
