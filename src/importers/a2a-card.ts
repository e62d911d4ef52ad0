import { isRecord } from '../source/record.ts';
import { examples } from './a2a-card.examples.ts';
import { defineImporter } from './define.ts';
import { readJson } from './parts/jsonc.ts';
import { stubOf } from './parts/stub.ts';
import { plainText } from './parts/words.ts';

const HOST = 'a2a';

export const importer = defineImporter({
  id: 'a2a-card',
  since: '0.1.0',
  title: 'A2A agent cards (.well-known/agent-card.json)',
  about:
    'That there is an agent which other agents can call, what it offers them, and how they sign in. Nothing of what it can do: that is in its code, and is asked for.',
  files: { project: ['.well-known/agent-card.json', '.well-known/agent.json', 'agent-card.json', '*.agent-card.json'] },
  named: ['*.json'],
  read({ file, folder, path, text }) {
    const json = readJson(file, text);
    if ('code' in json) return { parts: [], problems: [json] };
    const { value: card, place } = json;
    const isCard = ['supportedInterfaces', 'capabilities', 'protocolVersion', 'url', 'defaultInputModes'].some(
      (key) => card[key] !== undefined,
    );
    if (typeof card.name !== 'string' || !Array.isArray(card.skills) || !isCard) return { parts: [], problems: [] };
    const stub = stubOf({
      host: HOST,
      folder,
      title: card.name,
      description: card.description,
      place: place('name'),
      where: 'The card tells only what it offers',
      notes: [callers(card), ...offers(card.skills), ...maker(card.provider)],
    });
    // Whom it answers is seldom a person.
    const said = { ...stub.said, autonomy: { initiation: 'agent' as const } };
    const part = { ...stub, apart: path, said, from: { ...stub.from, '/autonomy': place('skills') } };
    return { parts: [part], problems: [] };
  },
  examples,
});

/** Schemes that are merely described are not asked for. */
function callers(card: Readonly<Record<string, unknown>>): string {
  const required = card.securityRequirements ?? card.security;
  if (!Array.isArray(required) || required.length === 0)
    return 'other agents call it, and the card asks none of them to sign in';
  const names = required.filter(isRecord).flatMap((one) => Object.keys(isRecord(one.schemes) ? one.schemes : one));
  const shown = plainText([...new Set(names)].slice(0, 10).join(', '), 200);
  return `other agents call it${shown ? `, who sign in by ${shown}` : ''}`;
}

function offers(skills: readonly unknown[]): string[] {
  const names = skills.filter(isRecord).flatMap(({ name, id }) => plainText(name ?? id, 60) ?? []);
  return names.length === 0 ? [] : [`offers ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}`];
}

function maker(provider: unknown): string[] {
  const name = isRecord(provider) ? plainText(provider.organization, 80) : undefined;
  return name === undefined ? [] : [`provided by ${name}`];
}
