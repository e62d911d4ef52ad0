import { ENVIRONMENT, GUARDED, IDENTITY, KEY_KINDS, PERMISSION, SECRET } from '../../nouns/lasting.ts';
import { type Change, fieldOf } from './change.ts';

/** What is done to a vault and not to what it holds. */
const AROUND = /^(?:sync|lock|unlock|open|close|backup|refresh|load|select)$/;

/** A design token is a colour or a distance. */
const STYLE = /^(?:design|color|colour|typography|style|css|spacing|theme)$/;

export function secret({ verb, objects, clues }: Change): string | undefined {
  const key = objects.find(
    (word, at) => word === 'key' && objects.some((other, place) => place !== at && KEY_KINDS.has(other)),
  );
  const variable =
    objects.includes('variable') && [...objects, ...clues.topic].some((word) => ENVIRONMENT.has(word))
      ? 'variable'
      : undefined;
  const styled = [...objects, ...clues.words].some((word) => STYLE.test(word));
  const found =
    objects.find(
      (word) => SECRET.has(word) && !(word === 'token' && styled) && !(word === 'vault' && AROUND.test(verb)),
    ) ??
    key ??
    variable;
  return found ? `\`${verb}\` on \`${found}\` changes a credential` : undefined;
}

export function right({ verb, objects, clues }: Change): string | undefined {
  const gives = fieldOf(
    clues,
    /^(?:password|new_password|secret_value|client_secret|private_key|permissions?|roles?|role_ids?|is_admin|access_level|privileges)$/,
  );
  if (gives && objects.some((word) => IDENTITY.has(word) || word === 'person'))
    return `\`${gives.name}\` changes who may do what`;
  const guarded = [...objects, ...clues.topic].some((word) => GUARDED.has(word));
  const found = objects.find(
    (word) =>
      PERMISSION.has(word) &&
      !(word === 'policy' && !guarded) &&
      !(/^(?:un)?assign$/.test(verb) && /^(?:member|owner)$/.test(word)),
  );
  if (found) return `\`${verb}\` on \`${found}\` changes who may do what`;
  const link = objects.includes('shared') && objects.find((word) => /^(?:link|album|drive|folder|url)$/.test(word));
  if (link && /^(?:create|add|make|enable|get)$/.test(verb)) return `a shared \`${link}\` is open to others`;
  if (
    /^(?:add|create|enable|open|set|update)$/.test(verb) &&
    objects.includes('port') &&
    objects.some((word) => /^(?:forward|forwarding)$/.test(word))
  )
    return 'a forwarded port lets others in';
  const held =
    /^(?:enable|disable|activate|deactivate|reactivate|suspend|unsuspend|lock|unlock|block|unblock|restrict|freeze|unfreeze|reinstate)$/.test(
      verb,
    ) && IDENTITY.has(objects[0] ?? '');
  if (held) return `\`${verb}\` on \`${objects[0]}\` changes who gets in`;
  const group = /^(?:team|group|org|organization|organisation|workspace|role|project|department|tenant)$/;
  const joined =
    /^(?:add|assign|move|remove|join)$/.test(verb) &&
    /^(?:user|people|person|contact|agent|account)$/.test(objects[0] ?? '')
      ? clues.words.find((word) => group.test(word))
      : undefined;
  return joined && !(joined === 'project' && verb === 'assign')
    ? `whoever is in a \`${joined}\` may do more`
    : undefined;
}

export function guard({ verb, objects }: Change): string | undefined {
  const kept = /^(?:un)?protect$/.test(verb)
    ? objects.find((word) => /^(?:branch|tag|environment|repository|repo|project|deployment|site|account)$/.test(word))
    : undefined;
  if (kept) return `\`${verb}\` on \`${kept}\` changes who may do what`;
  const found = /^(?:disable|deactivate|unprotect|suspend|pause|disarm|bypass)$/.test(verb)
    ? objects.find((word) =>
        /^(?:lock|protection|security|encryption|firewall|mfa|2fa|audit|antivirus|guard|alarm|logging|monitoring)$/.test(
          word,
        ),
      )
    : undefined;
  return found ? `without \`${found}\` others get in` : undefined;
}
