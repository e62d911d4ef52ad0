import type { CatalogTool } from '../model/catalog.ts';
import type { ToolFacts } from '../model/manifest.ts';

/**
 * What the catalogue says of a tool, as a manifest says it. Where it is not sure, only what raises the tier: what would
 * lower it stays unknown. Which data a tool reaches hangs on the account that its server is given, and is never told.
 */
export function toolFacts({ effect, reversible, impact, egress, arbitrary, confidence }: CatalogTool): ToolFacts {
  // It implies the worst of every field, and one that says less would need somebody's reason.
  if (arbitrary) return { effect: 'write', arbitrary };
  if (confidence === 'high') {
    return effect === 'read' ? { effect, egress } : { effect, ...given({ reversible, impact }), egress };
  }
  return {
    ...(effect === 'write' ? { effect } : {}),
    ...(reversible === false ? { reversible } : {}),
    ...(impact === 'high' ? { impact } : {}),
    ...(egress === 'open' ? { egress } : {}),
  };
}

function given({ reversible, impact }: { [K in 'reversible' | 'impact']: CatalogTool[K] | undefined }): ToolFacts {
  return { ...(reversible === undefined ? {} : { reversible }), ...(impact === undefined ? {} : { impact }) };
}
