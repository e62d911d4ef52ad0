import type { AgentDiff, Change } from '../model/diff.ts';
import { ownTokens, spelledOut } from './diff-pointer.ts';
import { settingWords } from './diff-setting-words.ts';
import { fieldWords, rowWords } from './diff-tool-words.ts';
import { movedWords, named, quoted } from './diff-value-words.ts';

type Reach = Pick<AgentDiff, 'agent' | 'tools'>;

/** A change as phrases that can stand alone, after `because` too. */
export function changePhrases(change: Change, diff: Reach): string[] {
  return spelledOut(change).map((each) => phraseOf(each, diff));
}

function phraseOf(change: Change, diff: Reach): string {
  const [section, name, ...rest] = ownTokens(change.pointer);
  const owner = change.agent === diff.agent ? '' : ` (in ${named(change.agent, 64)})`;
  if (section === 'tools' && name !== undefined) return toolPhrase(change, name, rest.join('.'), owner, diff);
  const own = settingWords(change, [section ?? '', name ?? '', ...rest], owner);
  if (own !== undefined) return own;
  return movedWords(`\`${named(ownTokens(change.pointer).join('.'), 200)}\`${owner}`, change.from, change.to);
}

function toolPhrase(change: Change, tool: string, field: string, owner: string, { tools }: Reach): string {
  const isSame = (ref: { agent: string; tool: string }) => ref.agent === change.agent && ref.tool === tool;
  const subject = `${quoted(tool)}${owner}`;
  const row = tools.added.find(isSame);
  if (field === '') {
    if (change.to === undefined) return `${subject} is gone`;
    return row ? `${subject} is new, and it ${rowWords(row)}` : `${subject} is new, and denied`;
  }
  if (field === 'access') {
    if (row) return `${subject} is no longer denied, and it ${rowWords(row)}`;
    if (tools.removed.some(isSame)) return `${subject} is denied now`;
  }
  const words = fieldWords(change, field, tools.changed.find(isSame)?.facts);
  return words === undefined
    ? movedWords(`\`${named(field, 200)}\` of ${subject}`, change.from, change.to)
    : `${subject} ${words}`;
}
