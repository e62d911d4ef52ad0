/**
 * A package that an installation brings itself if it wants what it is for; undefined: it is not there. It is looked for beside
 * stakes alone: what lies in the folder of a project could be written by the agent.
 */
export async function optionalPackage<T>(name: string): Promise<T | undefined> {
  try {
    return (await import(name)) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
