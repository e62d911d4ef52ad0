import type { Manifest } from '../../../model/manifest.ts';

type Models = NonNullable<Manifest['models']>;

const ID = /^[A-Za-z0-9][A-Za-z0-9._:/@[\]-]{0,200}$/;

/** `env` decides who serves the model; `inherit` and `default` name none. */
export function modelsOf(model: unknown, env: (name: string) => unknown): Models | undefined {
  if (typeof model !== 'string' || !ID.test(model) || model === 'inherit' || model === 'default') return undefined;
  const isOn = (name: string) => ['1', 'true', 1, true].includes(env(name) as string);
  const provider = isOn('CLAUDE_CODE_USE_BEDROCK')
    ? 'bedrock'
    : isOn('CLAUDE_CODE_USE_VERTEX')
      ? 'vertex'
      : isOn('CLAUDE_CODE_USE_FOUNDRY')
        ? 'foundry'
        : env('ANTHROPIC_BASE_URL') === undefined
          ? 'anthropic'
          : 'gateway';
  return [{ provider, id: model }];
}
