import type { Clue } from '../../model/scan.ts';
import type { Clues } from '../clues.ts';
import type { Field } from '../signals/fields.ts';
import { reads } from '../verbs/lexicon.ts';

/** What a caller supplies that the tool then runs. `reading`: a language that cannot change anything. */
export const POWERS = ['shell', 'code', 'sql', 'query', 'reading', 'request', 'payload'] as const;
export interface Power {
  what: (typeof POWERS)[number];
  clue: Clue;
  why: string;
}

const SQL =
  /\b(?:sql|psql|ddl|mysql|postgres(?:ql)?|sqlite|clickhouse|bigquery|snowflake|redshift|duckdb|mariadb|tsql|plsql)\b/;
const QUERY_LANGUAGE =
  /\b(?:cypher|graphql|gremlin|sparql|aql|cql|dax|mdx|datalog|n1ql|sql\+\+|flux quer(?:y|ies)|aggregation pipeline|graph quer(?:y|ies)|mql)\b/;
const READING_LANGUAGE =
  /\b(?:promql|logql|traceql|kql|kusto|nrql|groq|apl|soql|query dsl|es\|ql|esql|jsonpath|xpath|jq expression|logscale|spl)\b/;
const RUNS = /\b(?:run|runs|execut\w+|eval\w*|invok\w+|interpret\w*|running|perform\w*)\b/;
const CODE =
  /\b(?:javascript|typescript|python|ruby|lua|groovy|apex|code|scripts?|snippet|playwright|r code|wasm|notebook|gdscript|c#|jsx)\b/;
const SHELL = /\b(?:shell|bash|terminal|command[- ]line|commands?|powershell|cmd|ssh|cli|sudo|console command)\b/;

const free = (field: Field) =>
  field.values.length === 0 && (field.type === 'string' || field.type === '' || /^(?:array|object)$/.test(field.type));
const named = (clues: Clues, names: RegExp, depth = 1): Field | undefined =>
  clues.fields.find((field) => field.depth <= depth && names.test(field.name) && free(field));

function query(clues: Clues): Power | undefined {
  const about = `${clues.words.join(' ')} ${clues.sentence}`;
  const direct = named(clues, /^(?:raw_)?(?:sql(?:_\w+)?|sql|\w+_sql|ddl|dml)$/);
  if (direct) return { what: 'sql', clue: 'schema', why: `\`${direct.name}\` takes SQL of the caller` };
  const language = named(clues, /^(?:cypher|gremlin|sparql|graphql|aql|dax|cypher_query|graphql_query|gql)$/);
  if (language) return { what: 'query', clue: 'schema', why: `\`${language.name}\` takes a query language` };
  const reading = named(clues, /^(?:promql|logql|kql|nrql|soql|esql|traceql|kql_query|promql_query|jsonpath|xpath)$/);
  if (reading) return { what: 'reading', clue: 'schema', why: `\`${reading.name}\` takes a query language` };
  const pipeline = named(clues, /^(?:pipeline|aggregation|stages)$/);
  if (pipeline && clues.words.some((word) => /^aggregat/.test(word)))
    return {
      what: 'query',
      clue: 'schema',
      why: `\`${pipeline.name}\` takes stages of the caller, and the last one can write`,
    };
  const field = named(
    clues,
    /^(?:query|queries|statement|statements|command|q|expr|expression|query_string|raw_query|mutation|query_body|query_dsl)$/,
  );
  if (!field) return undefined;
  const [first = ''] = field.text.split(/[.\n]/);
  const subject = `${about} ${first}`;
  // What is validated or explained is not run.
  if (
    clues.named.some(
      ({ verb, sure }) => sure && /^(?:introspect|validate|lint|format|parse|generate|convert|suggest)$/.test(verb),
    )
  )
    return undefined;
  const runs = RUNS.test(about) || clues.words.includes('query') || /^(?:query|queries)\b/.test(clues.sentence);
  if (
    SQL.test(first) ||
    (SQL.test(`${[...clues.topic].join(' ')} ${about}`) && runs && /quer(?:y|ies)|statements?|sql/.test(about)) ||
    /\b(?:select|insert|create table|ddl|dml)\b.{0,40}\b(?:quer(?:y|ies)|statements?)\b/.test(about)
  )
    return { what: 'sql', clue: 'schema', why: `\`${field.name}\` takes SQL of the caller` };
  if (QUERY_LANGUAGE.test(subject))
    return { what: 'query', clue: 'schema', why: `\`${field.name}\` takes a query language` };
  if (READING_LANGUAGE.test(subject))
    return { what: 'reading', clue: 'schema', why: `\`${field.name}\` takes a query language` };
  const asked = /^(?:query|queries|execute|run)$/;
  const database = /\b(?:database|warehouse|db|\w+db|tables?|cassandra|redshift|athena|trino|presto|hive|dynamo\w*)\b/;
  if (
    clues.hints.readOnly !== true &&
    clues.words.some((word) => asked.test(word)) &&
    /quer|statement/.test(field.name) &&
    database.test(`${[...clues.topic].join(' ')} ${about}`)
  )
    return {
      what: 'sql',
      clue: 'schema',
      why: `\`${field.name}\` takes a query, and nothing says that it can only read`,
    };
  return undefined;
}

function program(clues: Clues): Power | undefined {
  const about = `${clues.words.join(' ')} ${clues.sentence}`;
  const running = [...clues.named, ...clues.said].some(({ kind, verb }) => kind === 'running' && verb !== 'call');
  const shell = named(
    clues,
    /^(?:(?:\w+_)?(?:command|cmd)|commands|command_line|shell_command|bash|shell|bash_command|cmdline|powershell|argv)$/,
  );
  if (
    shell &&
    (running ||
      [...clues.topic].some((word) => /^(?:ssh|shell|terminal|bash|commands?|exec)$/.test(word)) ||
      SHELL.test(about) ||
      /shell|bash|execut|\brun\b/.test(shell.text))
  )
    return { what: 'shell', clue: 'schema', why: `\`${shell.name}\` takes a command of the caller` };
  const sure = named(
    clues,
    /^(?:script|javascript|js|js_code|python|python_code|source_code|script_content|code_snippet|init_script|script_code|jsx|lua|lua_script|yaml_override|custom_code|apex_code|cell_code|code_string|java_script)$/,
    running ? 1 : 0,
  );
  if (sure) return { what: 'code', clue: 'schema', why: `\`${sure.name}\` takes code of the caller` };
  const code = named(
    clues,
    /^(?:code|function|function_declaration|expression|snippet|program|body|source|input|cell|cells|formula|playbook)$/,
    0,
  );
  const takesCode =
    code && (CODE.test(about) || /javascript|python|typescript|\bcode to (?:run|execute)/.test(code.text));
  const language =
    code?.name === 'code' &&
    (clues.fields.some(({ name }) => name === 'language') || CODE.test(code.text)) &&
    clues.named.every(({ kind }) => !reads(kind));
  if ((takesCode && (running || RUNS.test(about))) || (code && language))
    return { what: 'code', clue: 'schema', why: `\`${code.name}\` takes code that is run` };
  const bare = /^(?:execute|exec|run|eval|evaluate)$/;
  if (
    clues.words.some((word) => bare.test(word)) &&
    clues.words.some((word) => /^(?:code|javascript|js|python|shell|bash)$/.test(word))
  )
    return { what: 'code', clue: 'name', why: `the name says that it runs \`${clues.words.at(-1)}\`` };
  return undefined;
}

const HTTP_WORD = /^(?:get|post|put|patch|delete|request|fetch|http|https|api|curl|rest|graphql|invoke|call)$/;

function request(clues: Clues): Power | undefined {
  const has = (names: RegExp) => clues.fields.find((field) => field.depth === 0 && names.test(field.name));
  const path = has(/^(?:path|endpoint|url|uri|api_path|route|service|resource_path)$/);
  const method = has(/^(?:method|http_method|verb|request_method|api_method)$/);
  const body = has(
    /^(?:body|data|payload|query_params|params|parameters|json|request_body|request|headers|request_headers|query)$/,
  );
  const about =
    clues.words.some((word) => HTTP_WORD.test(word)) ||
    /\b(?:http|api) (?:request|call)|rest api\b/.test(clues.sentence);
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

const DEPLOYED = /^(?:worker|workers|function|functions|lambda|edge|workflow|workflows|script|app|site|heroku|action)$/;

/** Code that is handed over to run later. */
function payload(clues: Clues): Power | undefined {
  const releases = [...clues.named, ...clues.said].some(({ verb }) => verb === 'deploy' || verb === 'redeploy');
  const creates = clues.named.some(({ verb }) => /^(?:create|update|put|upload|publish)$/.test(verb));
  const thing = clues.words.some((word) => DEPLOYED.test(word));
  const field = named(
    clues,
    /^(?:files|script_content|content|code|source|source_code|tarball_uri|zip_file|bundle|definition_code|yaml_override)$/,
    0,
  );
  const config = named(clues, /^(?:config_content|yaml_content|pipeline_yaml|yaml_override|pipeline_config)$/, 0);
  if (config && [...clues.named, ...clues.said].some(({ kind }) => kind === 'running' || kind === 'overwriting'))
    return { what: 'payload', clue: 'schema', why: `\`${config.name}\` says what is run` };
  if (!field || !(releases || (creates && thing && /code|content|script|zip|bundle|source|files/.test(field.name))))
    return undefined;
  return { what: 'payload', clue: 'schema', why: `\`${field.name}\` is code that runs once it is there` };
}

/** What of the caller the tool runs, if anything. */
export const powerOf = (clues: Clues): Power | undefined =>
  payload(clues) ?? query(clues) ?? program(clues) ?? request(clues);
