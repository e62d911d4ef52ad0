/** What `engines.mjs` and the `engine.mjs` of a folder say of an engine. */
export interface EngineUnderTest {
  name: string;
  smoke: boolean;
  package: string | undefined;
  programs: readonly string[];
  trial: readonly string[] | undefined;
  needs?: string;
  folder?: string;
}
export const here: string;
export const engines: readonly EngineUnderTest[];
export function obstacles(engine: EngineUnderTest): string;
export function missingPrograms(names: readonly string[]): string[];
export function installLine(programs: readonly string[]): string;
export function installPrograms(wanted: readonly string[]): void;
