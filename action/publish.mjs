import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodyOf, comment } from './comment.mjs';
import { code, count, prose } from './words.mjs';

const NOTHING = 'No agents to compare.\n';

/** The summary of the step, its outputs and the comment. */
export async function publish(runner, done, { env, event, inputs }) {
  const { failures, changed, linted, checked, reports } = done;
  const markdown = changed?.report('markdown') ?? (changed?.code === 3 ? NOTHING : undefined);
  const notes = [...checked.notes];
  let file = '';
  if (markdown !== undefined) {
    const body = bodyOf(markdown, inputs.prefix);
    file = join(reports, 'comment.md');
    writeFileSync(file, body.text);
    const to = { env, number: event.number, author: inputs.author || 'github-actions[bot]' };
    // Without a heading it says that nothing changed.
    const note = inputs.comment === 'auto' ? await comment(body, /^### /m.test(markdown), to) : '';
    if (note !== '') notes.push(note);
  }
  runner.summary(summaryOf({ failures, notes, texts: [markdown, linted.report('summary')] }, inputs));
  const outputs = {
    'exit-code': done.code,
    'tier-up': changed?.facts?.['tier-up'] ?? false,
    'new-under': changed?.facts?.['new-under'] ?? false,
    loosened: changed?.facts?.loosened ?? false,
    findings: linted.findings.length,
    stale: checked.failures.length,
    'sarif-file': linted.report('sarif') === undefined ? '' : linted.file('sarif'),
    'comment-file': file,
  };
  for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
}

/** What is to be done comes first: the rest may be cut. */
function summaryOf({ failures, notes, texts }, { prefix }) {
  const parts = [
    ...(failures.length > 0 ? [mendOf(failures, prefix)] : []),
    ...texts.filter((text) => text !== undefined),
    ...(notes.length > 0 ? [notes.map((note) => `- ${note}\n`).join('')] : []),
  ];
  return `${parts.join('\n')}\n`;
}

function mendOf(failures, prefix) {
  const where = prefix === '' ? '' : ` (in ${code(prefix)})`;
  const rows = failures.map(({ what, mend }) => `- ${prose(what)}\n  - mend: ${code(mend)}\n`);
  return `## Stakes: ${count(failures.length, 'thing')} to mend${where}\n\n${rows.slice(0, 100).join('')}`;
}
