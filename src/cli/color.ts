import { type Paint, plainPaint } from '../report/context.ts';
import type { Io } from './io.ts';

/** The one place that decides about colour: flag, then NO_COLOR, FORCE_COLOR, TERM=dumb, then whether stdout is a terminal. */
export function wantsColor(choice: string, io: Pick<Io, 'env' | 'stdoutIsTty'>): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (io.env.NO_COLOR) return false;
  if (io.env.FORCE_COLOR !== undefined) return io.env.FORCE_COLOR !== '0' && io.env.FORCE_COLOR !== 'false';
  return io.stdoutIsTty && io.env.TERM !== 'dumb';
}

/** The colour package is loaded only when there is colour. */
export async function paintFor(choice: string, io: Pick<Io, 'env' | 'stdoutIsTty'>): Promise<Paint> {
  if (!wantsColor(choice, io)) return plainPaint;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return {
    strong: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    good: (text) => chalk.green(text),
    warn: (text) => chalk.yellow(text),
    bad: (text) => chalk.red(text),
    note: (text) => chalk.cyan(text),
  };
}
