// What a configuration has a say in; loaded only where there is one.

export { givenRelated } from '../given.ts';
export { loosenedFindings, withLevels } from './apply.ts';
export { applyConfigIgnores } from './ignores.ts';
export { loosenedEntries, overruledFindings } from './locked.ts';
export { configText } from './print.ts';
export { ownerFindings, reviewFindings } from './reviews.ts';
export { unprotectedFindings } from './unprotected.ts';
