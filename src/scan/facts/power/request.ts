import type { Clues } from '../../clues.ts';
import { reads } from '../../verbs/lexicon.ts';
import type { Power } from './power.ts';

const WORD = /^(?:get|post|put|patch|delete|request|fetch|http|https|api|curl|rest|graphql|invoke|call|rpc)$/;
const PLACE = /^(?:path|endpoint|url|uri|api_path|api_endpoint|route|service|resource_path|request_url|request_path)$/;
const METHOD = /^(?:method|http_method|verb|request_method|api_method)$/;
const BODY =
  /^(?:body|data|payload|query_params|params|parameters|json|json_body|request_body|request|headers|request_headers|query|args|arguments)$/;
/** What names another tool or procedure, and what is handed to it. */
const CALLED =
  /^(?:tool|tool_name|tool_slug|tool_id|action_name|action_slug|action_id|operation_id|operation_name|rpc_method|procedure|service|service_name|method|method_name|endpoint|endpoint_id|command_name|capability)$/;
const HANDED =
  /^(?:arguments|args|params|parameters|input|inputs|payload|data|body|kwargs|request_body|service_data|tool_input|tool_args|tool_arguments|tool_params|action_input)$/;

const isAny = (type: string) => /^(?:object|string|array|)$/.test(type);

/** Any call to an interface: method, path and body, or the name of a procedure and its arguments. */
export function request(clues: Clues): Power | undefined {
  return byMethod(clues) ?? byHost(clues) ?? byName(clues) ?? byContract(clues);
}

/** Any function of a program on a chain; one that is only read changes nothing. */
function byContract(clues: Clues): Power | undefined {
  const has = (names: RegExp) => clues.fields.find(({ name, depth }) => depth === 0 && names.test(name));
  const called = has(/^(?:function_name|function|method|method_name)$/);
  const program = has(/^(?:contract_address|contract|abi)$/);
  if (!called || !program || !has(/^(?:args|arguments|params|function_args)$/)) return undefined;
  return clues.named.some(({ kind }) => !reads(kind))
    ? { what: 'payload', clue: 'schema', why: `\`${called.name}\` calls anything that is there` }
    : undefined;
}

function byMethod(clues: Clues): Power | undefined {
  const has = (names: RegExp) => clues.fields.find((field) => field.depth === 0 && names.test(field.name));
  const path = has(PLACE);
  const method = has(METHOD);
  const body = has(BODY);
  const about =
    clues.words.some((word) => WORD.test(word)) ||
    /\b(?:http|api|rest|raw) (?:request|call)|rest api\b/.test(clues.sentence);
  if (!path || !(about || (method && body))) return undefined;
  const last = clues.words.at(-1) ?? '';
  const methods =
    method &&
    (method.values.length === 0 ||
      method.values.some((value) => /^(?:post|put|delete)$/i.test(value)) ||
      /post|delete|\bmethod\b/.test(method.text));
  const raw = /^(?:get|post|put|patch|delete)$/.test(last) && clues.words.length <= 2 && (body || path.name === 'path');
  const passes = clues.words.includes('api') && /^(?:request|call|api|invoke|get|post)$/.test(last) && (method || body);
  if (!(methods && body) && !raw && !passes) return undefined;
  return {
    what: 'request',
    clue: 'schema',
    why: `\`${path.name}\` and \`${(method ?? body ?? path).name}\` make any request`,
  };
}

/** An HTTP request to any host, put together by the caller. */
function byHost(clues: Clues): Power | undefined {
  const has = (names: RegExp) => clues.fields.find(({ name, depth }) => depth === 0 && names.test(name));
  const host = has(/^(?:\w+_)?(?:host|hostname|url)$/);
  const what = has(/^(?:content|body|raw|raw_request|request|method|headers|data|payload)$/);
  const http =
    clues.words.some((word) => /^(?:http\d?|https|curl|rest)$/.test(word)) &&
    clues.words.some((word) => /^(?:request|send|curl|call|post)$/.test(word));
  return http && host && what
    ? { what: 'request', clue: 'schema', why: `\`${host.name}\` and \`${what.name}\` make any request` }
    : undefined;
}

function byName(clues: Clues): Power | undefined {
  const calls =
    clues.words.some((word) => /^(?:call|execute|invoke|run|request|rpc|dispatch|exec|perform|proxy)$/.test(word)) ||
    /^(?:calls?|execut\w+|invok\w+|runs?|dispatch\w*|prox(?:y|ies)) (?:an?|any|the|one|arbitrary)\b/.test(
      clues.sentence,
    );
  const any = /\bany\b/.test(clues.sentence);
  const called = clues.fields.find(
    ({ name, depth, values, type }) =>
      depth === 0 &&
      (CALLED.test(name) || (any && /^function(?:_name)?$/.test(name))) &&
      values.length === 0 &&
      /^(?:string|)$/.test(type),
  );
  const handed = clues.fields.find(({ name, depth, type }) => depth === 0 && HANDED.test(name) && isAny(type));
  if (!calls || !called || !handed) return undefined;
  return {
    what: 'request',
    clue: 'schema',
    why: `\`${called.name}\` and \`${handed.name}\` call anything that is there`,
  };
}
