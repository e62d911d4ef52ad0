import { listIn } from '../flags.ts';
import type { Step } from './run.ts';

/** Rules that hold while a prompt such as `/review` runs: a command or skill lets tools through. */
export function commandRules(step: Step, prompt: string): string[] {
  const name = /^\/([A-Za-z0-9][\w:.-]{0,100})/.exec(prompt)?.[1];
  if (name === undefined) return [];
  const path = name.replaceAll(':', '/');
  const text = step.textOf(`.claude/commands/${path}.md`) ?? step.textOf(`.claude/skills/${path}/SKILL.md`);
  // One that a plugin brings may let any command through.
  if (text === undefined) return ['Bash'];
  const head = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? '';
  const [, line = '', items = ''] = /^allowed-tools:[ \t]*(.*)((?:\r?\n[ \t]*-.*)*)/m.exec(head) ?? [];
  return listIn(`${line}\n${items.replace(/^[ \t]*-[ \t]*/gm, '')}`.replace(/["'[\]]/g, ' '));
}
