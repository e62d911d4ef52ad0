/** The part of JSON Schema that `tools.json` has. */
export interface Input {
  type?: 'object' | 'array' | 'string' | 'integer' | 'boolean' | 'number';
  properties?: Record<string, Input>;
  items?: Input;
}

class Misfit extends Error {}

/** The arguments as the gateway's schema types them; undefined where a type does not fit. A field that is not in it is not seen. */
export function contextOf(schema: Input, input: unknown): unknown {
  try {
    return typed(schema, input);
  } catch (error) {
    if (error instanceof Misfit) return undefined;
    throw error;
  }
}

function typed(schema: Input, value: unknown): unknown {
  switch (schema.type) {
    case undefined:
      return { __entity: { type: 'AgentCore::Unknown', id: 'unknown' } };
    case 'object':
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Misfit();
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => Object.hasOwn(value, name))
          .map(([name, inner]) => [name, typed(inner, (value as Record<string, unknown>)[name])]),
      );
    case 'array':
      if (!Array.isArray(value)) throw new Misfit();
      return value.map((item) => typed(schema.items ?? {}, item));
    case 'number':
      return decimal(value);
    case 'integer':
      if (Number.isSafeInteger(value)) return value;
      throw new Misfit();
    default:
      if (String(typeof value) !== schema.type) throw new Misfit();
      return value;
  }
}

/** AWS: cut to what a Cedar decimal holds. */
function decimal(value: unknown): unknown {
  if (typeof value !== 'number' || Math.abs(value) > 9.2e14) throw new Misfit();
  const [whole, places = ''] = value.toFixed(12).split('.');
  return { __extn: { fn: 'decimal', arg: `${whole}.${places.slice(0, 4)}` } };
}
