import type { Manifest } from '../../../model/manifest.ts';
import { isRecord } from '../../../source/record.ts';
import { textsOf } from '../references.ts';
import { plainText } from '../words.ts';

type Models = NonNullable<Manifest['models']>;

/** The models that an agent is given, and those it falls back to: by name, as `provider/model`, or several with commas. */
export function dockerModels(agent: Readonly<Record<string, unknown>>, defined: unknown): Models {
  const { model, fallback } = agent;
  const written = [...textsOf([model]), ...(isRecord(fallback) ? textsOf(fallback.models) : [])];
  const names = written.flatMap((text) => text.slice(0, 1000).split(',')).slice(0, 20);
  return names.flatMap((name) => modelOf(name.trim(), defined));
}

function modelOf(name: string, defined: unknown): Models {
  const entry = isRecord(defined) && Object.hasOwn(defined, name) ? defined[name] : undefined;
  const [first = '', ...rest] = name.split('/');
  const provider = plainText(isRecord(entry) ? entry.provider : first, 60);
  const id = plainText(isRecord(entry) ? entry.model : rest.join('/'), 100);
  return provider !== undefined && id !== undefined ? [{ provider, id }] : [];
}
