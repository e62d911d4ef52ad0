import type { Clues } from '../clues.ts';
import {
  APPROVED,
  BEFORE_MONEY,
  DOORS,
  ENVIRONMENT,
  GUARDED,
  IDENTITY,
  KEY_KINDS,
  LAUNCH,
  MESSAGE,
  MONEY,
  NO_LAUNCH,
  PERMISSION,
  SECRET,
  SOCIAL,
} from '../nouns/lasting.ts';
import type { Deed } from '../signals/deed.ts';
import { PAGE } from './page.ts';

interface Change {
  verb: string;
  objects: readonly string[];
  clues: Clues;
}

const MAKES =
  /^(?:create|add|make|new|start|begin|push|put|post|insert|schedule|submit|issue|play|launch|compose|define|queue|enqueue|request|initiate|resume|approve)$/;
const PEOPLE_SEE = /^(?:create|add|make|new|push|schedule|compose|put|insert|submit|initiate|start)$/;
const UNSEEN =
  /^(?:draft|template|comment|signature|rule|filter|list|subscription|reaction|folder|label|policy|channel|domain|route|preference|setting|type|group|property|category|field|topic|audience|block|format|campaign|button)$/;

const first = (objects: readonly string[], set: ReadonlySet<string>) => objects.find((word) => set.has(word));
const field = (clues: Clues, names: RegExp) => clues.fields.find(({ name }) => names.test(name));

function money({ verb, objects }: Change): string | undefined {
  const found = first(objects, MONEY);
  return found && !first(objects, BEFORE_MONEY)
    ? `\`${verb}\` on \`${found}\` moves money or binds somebody to pay`
    : undefined;
}

/** An answer to a dialog, a file that a page gets, an account that is closed. */
function once({ verb, objects, clues }: Change): string | undefined {
  if (objects.includes('dialog') && /^(?:accept|dismiss|confirm)$/.test(verb))
    return 'an accepted dialog is answered for good';
  if (verb === 'upload' && PAGE.test(`${clues.words.join(' ')} ${clues.sentence}`))
    return 'what a page does with a file is up to the page';
  const closed = verb === 'close' ? objects.find((word) => word === 'account' || word === 'position') : undefined;
  if (closed) return `a closed \`${closed}\` stays closed`;
  const opened = /^(?:unlock|open|disarm|toggle)$/.test(verb) ? first(objects.slice(0, 2), DOORS) : undefined;
  if (opened) return `\`${verb}\` on \`${opened}\` lets somebody in`;
  const bought = verb === 'register' && objects[0] === 'domain' ? objects[0] : undefined;
  if (bought) return 'a registered domain is paid for';
  if (verb === 'convert' && objects[0] === 'lead') return 'a converted lead is no lead any more';
  return undefined;
}

function approval({ verb, objects }: Change): string | undefined {
  const what = /^(?:approve|accept|confirm|finalize|finalise|release|unpause)$/.test(verb)
    ? first(objects, APPROVED)
    : undefined;
  return what ? `\`${verb}\` on \`${what}\` lets it go on for good` : undefined;
}

/** What is done to a vault and not to what it holds. */
const AROUND = /^(?:sync|lock|unlock|open|close|backup|refresh|load|select)$/;

/** A design token is a colour or a distance. */
const STYLE = /^(?:design|color|colour|typography|style|css|spacing|theme|figma)$/;

function secret({ verb, objects, clues }: Change): string | undefined {
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

function right({ verb, objects, clues }: Change): string | undefined {
  const gives = field(
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

function guard({ verb, objects }: Change): string | undefined {
  const found = /^(?:disable|deactivate|unprotect|suspend|pause|disarm|bypass)$/.test(verb)
    ? objects.find((word) =>
        /^(?:lock|protection|security|encryption|firewall|mfa|2fa|audit|antivirus|guard|alarm|logging|monitoring)$/.test(
          word,
        ),
      )
    : undefined;
  return found ? `without \`${found}\` others get in` : undefined;
}

/** What runs from now on where people work. */
function launch({ verb, objects, clues }: Change): string | undefined {
  const [launched = ''] = objects;
  const pipeline = launched === 'pipeline' && field(clues, /^(?:ref|branch|branch_name)$/) !== undefined;
  if (MAKES.test(verb) && (LAUNCH.has(launched) || pipeline) && !objects.some((word) => NO_LAUNCH.has(word)))
    return `\`${verb}\` on \`${launched}\` sets it going`;
  if (verb === 'install' && objects.some((word) => word === 'helm' || word === 'chart'))
    return '`install` applies it to a cluster';
  if (launched === 'migration' && /^(?:complete|push|commit|finish)$/.test(verb))
    return `\`${verb}\` changes the schema where it is used`;
  const infrastructure = /^(?:stack|changeset|cloudformation|terraform|firmware|kernel)$/;
  const applied = /^(?:create|update|execute|install|sync|refresh)$/.test(verb)
    ? objects.find((word) => infrastructure.test(word))
    : undefined;
  if (applied) return `\`${verb}\` on \`${applied}\` applies it where people work`;
  if (/^(?:sync|reconcile)$/.test(verb) && /^(?:application|app|kustomization|release)$/.test(launched))
    return `\`${verb}\` on \`${launched}\` applies it to a cluster`;
  return undefined;
}

const GITOPS =
  /^(?:kubectl|kubernetes|k8s|argocd|argo|flux|gitops|helm|terraform|pulumi|nomad|openshift|cloudformation)$/;
const RUN =
  /^(?:pipeline|run|build|job|workflow|execution|operation|query|deployment|migration|sync|training|crawl|scan)$/;
const SERVED = /^(?:app|application|service|container|pod|task|machine|function|site|backend)$/;

/** Infrastructure that follows what is written, a run that does not go on, nodes that are emptied. */
function operations({ verb, objects, clues }: Change): string | undefined {
  const [first = ''] = objects;
  const tool = [...clues.topic].find((word) => GITOPS.test(word));
  if (
    tool &&
    /^(?:create|update|patch|edit|set|install|sync|restore)$/.test(verb) &&
    !/^(?:context|namespace|config|label|project|plan|template|diff|preview|report)$/.test(first)
  )
    return `\`${verb}\` applies it to what \`${tool}\` runs`;
  if (verb === 'drain') return '`drain` evicts what runs there';
  if (/^(?:stop|cancel|abort|end)$/.test(verb) && (RUN.test(first) || RUN.test(objects[1] ?? '')) && !LIVE.test(first))
    return `a \`${first}\` that is stopped does not go on`;
  const from = field(
    clues,
    /^(?:image|docker_image|repo|repository|repo_url|git_repo|source_repo|app_spec|spec|image_url)$/,
  );
  return verb === 'create' && SERVED.test(first) && from ? `\`${from.name}\` runs from now on` : undefined;
}

/** These run on and on, and can be started again. */
const LIVE = /^(?:server|instance|service|container|machine|vm|app|application|listener|watch|recording|monitor)$/;

/** What people get, at once or later. */
function shown({ verb, objects, clues }: Change): string | undefined {
  if (objects.includes('campaign') && /^(?:schedule|launch|start|resume|activate)$/.test(verb))
    return `\`${verb}\` on \`campaign\` reaches people`;
  const sequence = clues.words.find((word) => /^(?:campaign|sequence|cadence|drip)$/.test(word));
  if (
    /^(?:add|enroll|enrol|subscribe)$/.test(verb) &&
    sequence &&
    /^(?:contact|lead|prospect|people|person|subscriber|recipient)$/.test(objects[0] ?? '')
  )
    return `a \`${sequence}\` writes to whoever is in it`;
  const social = [...clues.topic].find((word) => SOCIAL.has(word));
  const seen =
    first(objects, MESSAGE) ??
    (social ? objects.find((word) => /^(?:comment|story|video|status|thread)$/.test(word)) : undefined);
  const unseen = objects.some((word) => UNSEEN.test(word) && !(social && word === 'comment'));
  if (PEOPLE_SEE.test(verb) && seen && !unseen) return `\`${verb}\` on \`${seen}\` reaches people`;
  const live =
    /^(?:start|begin)$/.test(verb) &&
    objects.find((word) => /^(?:stream|streaming|livestream|broadcast|webinar)$/.test(word));
  if (live) return `a \`${live}\` is seen while it goes on`;
  const pushed = verb === 'push' && /^(?:image|package|artifact|chart|module)$/.test(objects[0] ?? '');
  return pushed ? `\`push\` publishes the \`${objects[0]}\`` : undefined;
}

const REPLACES =
  /\b(?<!not |without |never |don't )(?:overwrit(?:e|es|ing|ten)|replac(?:e|es|ing) (?:an |the |any |all )?(?:existing|current)|replac(?:e|es|ing) (?:all|everything|the (?:entire|whole|full)|its (?:entire|whole)))\b/;

function overwritten({ verb, objects, clues }: Change): string | undefined {
  if (
    /^(?:upload|save|copy|export|download)$/.test(verb) &&
    field(clues, /^(?:overwrite|force_overwrite|replace_existing)$/)
  )
    return '`overwrite` replaces what is there';
  if (
    /^(?:upload|save|restore|import|copy|store|load|sync|move|set)$/.test(verb) &&
    REPLACES.test(clues.text.slice(0, 600))
  )
    return 'the description says that it overwrites what is there';
  if (verb === 'upload' && clues.words.some((word) => /^(?:sftp|ftp|scp|ssh)$/.test(word)))
    return '`upload` replaces a file of the same name';
  if (
    /^(?:restore|import|load|recover)$/.test(verb) &&
    objects.some((word) => /^(?:database|backup|dump|snapshot)$/.test(word))
  )
    return `\`${verb}\` overwrites what is there`;
  if (
    verb === 'update' &&
    field(clues, /^(?:filter|where|condition|query)$/) &&
    field(clues, /^(?:update|updates|set|values)$/)
  )
    return '`update` changes all that match, and keeps no copy of it';
  return undefined;
}

const RULES = [money, once, approval, secret, right, guard, launch, operations, shown, overwritten];

/** Why a change of this thing is final although its verb alone is not. */
export function whyFinal(deed: Deed, objects: readonly string[], clues: Clues): string | undefined {
  const change = { verb: deed.verb, objects, clues };
  for (const rule of RULES) {
    const why = rule(change);
    if (why !== undefined) return why;
  }
  return undefined;
}
