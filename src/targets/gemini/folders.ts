/** Is all of the project among these paths? */
export function placesOfProject(paths: readonly string[]): boolean {
  return paths.some((path) => /^\.?\/?(?:\*\*\/?)?$/.test(path) && path !== '/' && path !== '');
}
