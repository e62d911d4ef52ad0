import { randomUUID } from 'node:crypto';
import { appendFileSync, statSync } from 'node:fs';

/** GitHub takes 1 MiB a step. */
const SUMMARY_BYTES = 1024 * 1024 - 1024;

/** What the runner of the job is told. Source: docs.github.com, workflow commands for GitHub Actions. */
export function runnerOf(env, write) {
  return {
    /** Text that others had a hand in: no command in it is obeyed, wherever in a line it stands. */
    quote(title, text) {
      if (text === '') return;
      const token = `stakes-${randomUUID()}`;
      write(
        `::group::${data(title)}\n::stop-commands::${token}\n${text.replace(/\n*$/, '\n')}::${token}::\n::endgroup::\n`,
      );
    },
    /** Lines that are commands already, and only the ones that draw something beside a line. */
    annotate(lines) {
      for (const line of lines) if (/^::(?:error|warning|notice) /.test(line)) write(`${line}\n`);
    },
    say(kind, title, text) {
      write(`::${kind} title=${property(title)}::${data(text)}\n`);
    },
    /** Problem matchers read what follows; commands in it are not obeyed. */
    match(file, owners, text) {
      const token = `stakes-${randomUUID()}`;
      write(`::add-matcher::${data(file)}\n::stop-commands::${token}\n${text}::${token}::\n`);
      for (const owner of owners) write(`::remove-matcher owner=${property(owner)}::\n`);
    },
    output(name, value) {
      if (!env.GITHUB_OUTPUT) return;
      const end = `stakes-${randomUUID()}`;
      appendFileSync(env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`);
    },
    summary(text) {
      const file = env.GITHUB_STEP_SUMMARY;
      if (file) appendFileSync(file, within(SUMMARY_BYTES - sizeOf(file), text));
    },
  };
}

/** As many whole lines as fit into so many bytes. */
export function within(most, text) {
  if (Buffer.byteLength(text) <= most) return text;
  const last = '\n… cut here: the rest is in the log\n';
  let room = most - Buffer.byteLength(last);
  const lines = text.split('\n');
  const kept = lines.findIndex((line) => {
    room -= Buffer.byteLength(line) + 1;
    return room < 0;
  });
  return kept > 0 ? `${lines.slice(0, kept).join('\n')}${last}` : '';
}

/** What cannot be seen, or moves the cursor, is written out. */
export const visible = (text) =>
  String(text).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${char.codePointAt(0).toString(16)}}`);

/** For the data of a workflow command. */
export const data = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** For a property of a workflow command. */
export const property = (text) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

function sizeOf(file) {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
