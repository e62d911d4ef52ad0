import { describe, expect, test } from 'vitest';
import { classify } from '../../src/scan/classify.ts';
import { tool, verdict } from './tool.ts';

const found = (signature: string, description = '', server = 'depot') => classify(tool(signature, description), server);

describe('arbitrary: what the caller supplies is run', () => {
  test.each([
    ['run_command(command)', 'Runs a command', 'final'],
    ['open_session(command)', 'Opens a session in a shell', 'final'],
    ['execute_sql(sql)', 'Executes SQL', 'final'],
    ['query(query)', 'Query the warehouse database', 'final'],
    ['run_query(statement)', 'Runs a SELECT or an INSERT statement', 'final'],
    ['aggregate(pipeline)', 'Runs an aggregation', 'final'],
    ['evaluate(function)', 'Evaluate JavaScript on the page', 'final'],
    ['run_snippet(code, language)', '', 'final'],
    ['api_request(path, method, body)', 'Makes an API request', 'final'],
    ['manage_depot(url, method, body)', 'Changes the depot', 'final'],
    ['jira_get(path, query_params)', 'Reads any record', 'read'],
    ['deploy_function(name, files)', 'Deploys a function', 'final'],
    ['search_logs(promql)', 'Search by PromQL', 'read'],
    ['read_query(sql)', 'Runs a SELECT, read-only', 'read'],
  ])('%s', (name, text, expected) => {
    const one = found(name, text);
    expect([one.arbitrary, verdict(one)]).toEqual([true, expected]);
  });

  test.each([
    ['search_crates(query)', 'Searches crates by words'],
    ['set_country(code)', 'Sets the country'],
    ['crates(command=list|get)', 'Lists or gets crates'],
    ['get_docs(query)', 'Returns documentation on SQL'],
    ['validate_graphql(query)', 'Validates a GraphQL query'],
  ])('%s runs nothing', (name, text) => expect(found(name, text).arbitrary).toBe(false));

  test('a hint does not make SQL or an aggregation a read', () => {
    const annotations = { readOnlyHint: true };
    expect(verdict(classify(tool('query(sql)', 'Runs a query', { annotations })))).toBe('final');
    expect(verdict(classify(tool('aggregate(pipeline)', 'Aggregates', { annotations })))).toBe('final');
    expect(verdict(classify(tool('read_query(sql)', 'Runs a query', { annotations })))).toBe('read');
  });
});

describe('egress: an argument carries data to a place that the caller picks', () => {
  test.each([
    ['send_message(channel, text)', 'Sends a message'],
    ['fetch(url)', 'Fetches a web page'],
    ['create_webhook(url)', 'Creates a webhook'],
    ['navigate(url)', 'Goes to a page'],
    ['type_text(text)', 'Types text into an element of the page'],
    ['run_command(command)', 'Runs a shell command'],
    ['create_issue(owner, repo, body)', 'Creates an issue'],
    ['share_file(email)', 'Shares a file'],
    ['create_event(attendees)', 'Creates an event'],
    ['create_forwarder(destination)', 'Creates a forwarder'],
    ['attach_image(image_url)', 'Attaches an image'],
  ])('%s', (name, text) => expect(found(name, text).egress).toBe('open'));

  test.each([
    ['get_crate(id)', 'Gets a crate'],
    ['get_crate(url)', 'Gets a crate by its label'],
    ['create_crate(name, description)', 'Creates a crate'],
    ['execute_sql(sql)', 'Executes SQL'],
    ['queue_send_message(queue, message)', 'Sends a message to a queue'],
    ['draft_email(to, body)', 'Drafts an email'],
  ])('%s: none', (name, text) => expect(found(name, text).egress).toBe('none'));

  test('of what nobody knows', () => expect(found('frobnicate').egress).toBe('unknown'));
});

describe('sensitive: the result can hold what is not for everyone', () => {
  test.each([
    ['get_message', ''],
    ['list_customers', ''],
    ['crates_get_secret', ''],
    ['get_pull_request_files', ''],
    ['read_file', ''],
    ['get_connection_string', ''],
    ['get', 'Get the value of a key'],
    ['details', 'Retrieve the details of an issue'],
    ['search', 'Searches everything in the depot'],
    ['run_command(command)', 'Runs a shell command'],
  ])('%s "%s"', (name, text) => expect(found(name, text).sensitive).toBe(true));

  test.each([
    ['get_pull_request_status', ''],
    ['list_projects', ''],
    ['list_files', ''],
    ['get_file_info', ''],
    ['describe_table', ''],
    ['web_search', 'Searches the web'],
    ['search_docs', 'Searches the documentation'],
    ['convert_message', 'Converts a message'],
    ['create_message', ''],
    ['whoami', 'Returns the user'],
  ])('%s: no', (name, text) => expect(found(name, text).sensitive).toBe(false));
});

describe('impact', () => {
  test.each([
    ['get_crate', 'low'],
    ['create_label', 'low'],
    ['delete_database', 'high'],
    ['create_refund', 'high'],
    ['deploy_site', 'high'],
    ['rotate_key', 'high'],
    ['restart_server', 'high'],
    ['broadcast_message', 'high'],
    ['run_command(command)', 'high'],
    ['delete_comment', 'low'],
    ['frobnicate', 'unknown'],
  ])('%s is %s', (name, expected) => expect(found(name).impact).toBe(expected));
});

test('each fact has where it comes from and why', () => {
  const { because, provenance } = found('delete_crate', 'Deletes a crate');
  expect(because.map(({ fact }) => fact)).toEqual([
    'effect',
    'reversible',
    'impact',
    'sensitive',
    'egress',
    'arbitrary',
  ]);
  expect(because[0]?.why).toBe('the name says `delete`');
  expect(provenance).toMatchObject({ effect: 'name', reversible: 'name' });
});
