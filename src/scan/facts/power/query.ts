import type { Clues } from '../../clues.ts';
import { reads } from '../../verbs/lexicon.ts';
import { aboutOf, freeField, type Power, takes } from './power.ts';

const SQL =
  /\b(?:sql|psql|ddl|dml|mysql|postgres(?:ql)?|sqlite|clickhouse|bigquery|snowflake|redshift|duckdb|mariadb|tsql|t-sql|plsql|pl\/sql|hiveql|sparksql|libsql|d1|mssql|oracle|databricks|athena|trino|presto|osquery|motherduck|cockroach(?:db)?|timescale(?:db)?|planetscale|flink|ksql(?:db)?)\b/;
/** Languages that can change what they ask about. */
const LANGUAGE =
  /\b(?:cypher|graphql|gremlin|sparql|aql|datalog|n1ql|sql\+\+|surrealql|edgeql|flux quer(?:y|ies)|aggregation pipeline|graph quer(?:y|ies)|mql|partiql|mongo(?:db)? (?:shell|command))\b/;
const READING =
  /\b(?:promql|metricsql|logql|traceql|kql|kusto|nrql|groq|apl|soql|sosl|gaql|query dsl|es\|ql|esql|eql|ppl|influxql|fetchxml|jsonpath|jmespath|xpath|jq expression|logscale|spl|vql|dax|mdx|logs insights)\b/;
const RUNS = /\b(?:run|runs|execut\w+|eval\w*|invok\w+|interpret\w*|running|perform\w*)\b/;
const DATABASE =
  /\b(?:database|warehouse|lakehouse|db|\w+db|tables?|cassandra|redshift|athena|trino|presto|hive|dynamo\w*|datastore)\b/;

const SQL_FIELD =
  /^(?:raw_)?(?:sql|ddl|dml|sqls|sql_(?:query|queries|statements?|text|string|code|script|commands?)|\w+_sql)$/;
const LANGUAGE_FIELD =
  /^(?:cypher|gremlin|sparql|graphql|aql|gql|mutation|(?:cypher|graphql|gremlin|sparql|gql)_(?:query|statement|mutation|document))$/;
const READING_FIELD =
  /^(?:promql|metricsql|logql|kql|nrql|soql|sosl|gaql|esql|traceql|influxql|spl|dax|dax_query|mdx|jsonpath|jmespath|xpath|(?:kql|promql|logql|nrql|soql|esql|spl|gaql)_query|query_dsl)$/;
const ANY_FIELD =
  /^(?:query|queries|statement|statements|command|q|expr|expression|query_string|query_text|search_query|search_term|raw_query|query_body|query_dsl|script)$/;

/** To validate, explain or write a query is not to run it. */
const WITHOUT_RUNNING =
  /^(?:introspect|validate|lint|format|parse|generate|convert|suggest|translate|optimize|fix|beautify)$/;

function stages(clues: Clues): Power | undefined {
  const field = freeField(clues, /^(?:pipeline|aggregation|stages|aggregation_pipeline)$/);
  return field && clues.words.some((word) => /^aggregat/.test(word))
    ? takes('query', field, 'stages of the caller, and the last one can write')
    : undefined;
}

/** SQL or another query language that the caller writes. */
export function query(clues: Clues): Power | undefined {
  if (clues.named.some(({ verb, sure }) => sure && WITHOUT_RUNNING.test(verb))) return undefined;
  const about = aboutOf(clues);
  const sql = freeField(clues, SQL_FIELD);
  if (sql) return takes('sql', sql, 'SQL of the caller');
  const language = freeField(clues, LANGUAGE_FIELD);
  if (language) return takes('query', language, 'a query language');
  const reading = freeField(clues, READING_FIELD);
  if (reading) return takes('reading', reading, 'a query language');
  const pipeline = stages(clues);
  if (pipeline) return pipeline;
  const clause = freeField(clues, /^(?:where|where_clause|filter_clause|having_clause|where_condition)$/);
  const kind = /\b(?:soql|sosl|gaql|nrql|kql)\b/.test(about)
    ? 'reading'
    : SQL.test(`${about} ${clause?.text}`)
      ? 'sql'
      : undefined;
  if (clause && kind && clues.named.every(({ kind: by, verb }) => reads(by) || verb === 'aggregate'))
    return takes('reading', clause, 'a condition in a query language');
  const field = freeField(clues, ANY_FIELD);
  if (!field) return undefined;
  const [first = ''] = field.text.split(/[.\n]/);
  const topic = [...clues.topic].join(' ');
  const asks = RUNS.test(about) || clues.words.includes('query') || /^(?:query|queries)\b/.test(clues.sentence);
  const builds =
    /^(?:query|statement)$/.test(field.name) && /\b(?:tables?|schema|index|rows?)\b/.test(clues.words.join(' '));
  if (
    SQL.test(first) ||
    (SQL.test(`${topic} ${about}`) && ((asks && /quer(?:y|ies)|statements?|sql/.test(about)) || builds)) ||
    /\b(?:select|insert|create table|ddl|dml)\b.{0,40}\b(?:quer(?:y|ies)|statements?)\b/.test(about)
  )
    return takes('sql', field, 'SQL of the caller');
  const subject = `${about} ${first}`;
  if (
    LANGUAGE.test(subject) ||
    (/\bcql\b/.test(subject) && /\b(?:cassandra|scylla\w*|keyspace)\b/.test(`${topic} ${clues.text}`))
  )
    return takes('query', field, 'a query language');
  if (READING.test(subject) || (clues.topic.has('splunk') && /\bsearch(?:es)?\b/.test(about)))
    return takes('reading', field, 'a query language');
  if (
    clues.hints.readOnly !== true &&
    clues.words.some((word) => /^(?:query|queries|execute|run)$/.test(word)) &&
    /quer|statement/.test(field.name) &&
    DATABASE.test(`${topic} ${about}`)
  )
    return takes('sql', field, 'a query, and nothing says that it can only read');
  return undefined;
}
