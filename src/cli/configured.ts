import type { ConfigOptions } from '../config/load.ts';
import { loadOrganisation, type Organisation } from '../config/organisation.ts';
import { ENGINE_RULES } from '../lint/meta.ts';
import type { Loaded } from '../model/place.ts';
import { rules } from '../rules/registry.generated.ts';
import { names as targets } from '../targets/names.generated.ts';

/** Loaded only where there is a configuration. */
export function organisationAt(path: string, options: Omit<ConfigOptions, 'known'>): Loaded<Organisation> {
  const known = { rules: [...rules, ...ENGINE_RULES].map(({ id }) => id), targets };
  return loadOrganisation(path, { ...options, known });
}
