import type { Run } from '../command.ts';

/** What the first word can be; each has a file of its own, which is loaded for it alone. */
const DEEDS: Record<string, () => Promise<{ run: Run }>> = {
  verify: () => import('../audit-verify.ts'),
};

export const run: Run = async (invocation, io) => {
  const [what = '', ...rest] = invocation.arguments;
  const deed = DEEDS[what];
  if (deed === undefined) throw new Error(`the specification knows \`${what}\``);
  const { run } = await deed();
  return run({ ...invocation, arguments: rest }, io);
};
