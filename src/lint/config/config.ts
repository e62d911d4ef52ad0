// What a configuration has a say in; loaded only where there is one.

export { loadConfig } from '../../config/load.ts';
export { loosenedFindings, withLevels } from './apply.ts';
export { applyConfigIgnores } from './ignores.ts';
export { configText } from './print.ts';
export { ownerFindings, reviewFindings } from './reviews.ts';
