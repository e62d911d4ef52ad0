import { platform } from 'node:os';
import { recordQuestion } from '../audit/questions.ts';
import { stateFolder } from '../source/state-folder.ts';
import type { Run } from './command.ts';
import { EXIT } from './exit.ts';

/** A command that answers a question to the records: that it was asked and how long the answer took is itself recorded. */
export function asked(question: string, run: Run): Run {
  return async (invocation, io) => {
    const time = new Date().toISOString();
    const started = performance.now();
    let answered = false;
    try {
      const code = await run(invocation, io);
      answered = code === EXIT.clean || code === EXIT.findings || code === EXIT.nothing;
      return code;
    } finally {
      const state = stateFolder({ platform: platform(), env: io.env, home: io.env.HOME ?? '' });
      const seconds = (performance.now() - started) / 1000;
      const fault = state === undefined ? undefined : recordQuestion(state, { question, time, seconds, answered });
      if (fault !== undefined)
        io.err(`that this was asked could not be recorded (${fault}); \`stakes audit metrics\` will not count it\n`);
    }
  };
}
