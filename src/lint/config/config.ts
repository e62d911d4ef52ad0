// What a configuration has a say in; loaded only where there is one.
export { loosenedFindings, withLevels } from './apply.ts';
export { applyConfigIgnores } from './ignores.ts';
export { loadConfig } from './load.ts';
export { configText } from './print.ts';
export { ownerFindings, reviewFindings } from './reviews.ts';
