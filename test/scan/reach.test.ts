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
    ['query_records(object, where_clause)', 'Query records using SOQL', 'read'],
    ['create_table(query)', 'Create a table in the SQLite database', 'final'],
    ['execute_cell(index)', 'Execute a cell', 'final'],
    ['run_cli(args)', 'Runs any depot command', 'final'],
    ['execute-command(cmdString)', 'Execute a command on the server', 'final'],
    ['call_service(domain, service, data)', 'Call any service', 'final'],
    ['execute_tool(tool_name, arguments)', 'Execute any tool', 'final'],
    ['send_http_request(hostname, content)', 'Sends a request', 'final'],
    ['update_service(start_command)', 'Updates a service', 'final'],
    ['read_query(sql)', 'Runs a SELECT, read-only', 'read'],
    ['create_function(name, function_body)', 'Creates a function', 'final'],
    ['write_contract(abi, function_name, args)', 'Calls a function of a contract', 'final'],
  ])('%s', (name, text, expected) => {
    const one = found(name, text);
    expect([one.arbitrary, verdict(one)]).toEqual([true, expected]);
  });

  test.each([
    ['search_crates(query)', 'Searches crates by words'],
    ['read_contract(abi, function_name, args)', 'Reads from a contract'],
    ['set_country(code)', 'Sets the country'],
    ['create_discount(code, language)', 'Creates a discount. A unique code is made if none is given'],
    ['create_code_block(code, language)', 'Create a code block on a board'],
    ['search_pages(query)', 'Search by CQL'],
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
    ['get_crates(depot_base_url)', 'Gets crates'],
    ['create_pull_request(workspace, repo_slug, title)', 'Creates a pull request'],
    ['push_image(repository)', 'Push an image to a registry'],
    ['export_crates(destination_bucket)', 'Exports crates'],
    ['add_collaborator(username)', 'Adds a collaborator'],
    ['get_tables(connectionString)', 'Gets the tables of a database'],
    ['connect(host, port)', 'Connects to a depot'],
    ['clone(url)', 'Clones a repository by HTTP(S), ssh:// or git://'],
    ['remote(url)', 'Adds a remote'],
  ])('%s', (name, text) => expect(found(name, text).egress).toBe('open'));

  test.each([
    ['get_crate(id)', 'Gets a crate'],
    ['get_crate(url)', 'Gets a crate by its label'],
    ['create_crate(name, description)', 'Creates a crate'],
    ['create_crate(owner, description)', 'Creates a crate'],
    ['open_crate(url)', 'Opens github://crates/1'],
    ['execute_sql(sql)', 'Executes SQL'],
    ['queue_send_message(queue, message)', 'Sends a message to a queue'],
    ['draft_email(to, body)', 'Drafts an email'],
    ['post_comment(text)', 'Posts a comment on a crate'],
    ['open_crate(uri)', 'Opens `depot://crates/1`'],
    ['decline_pull_request(owner, repo, message)', 'Declines a pull request'],
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
    ['get_stock_positions', ''],
    ['search_files', 'Searches for a text inside of files'],
    ['query_database', 'Queries a database'],
    ['generate_api_key', ''],
    ['get_location', 'Gets the location of a vehicle'],
    ['run_question', 'Runs a saved question'],
    ['get_measures(patient_id)', ''],
    ['get_patient_statistics', ''],
    ['get_resource(kind)', 'Gets a resource of any kind'],
    ['save_screenshot', 'Saves a screenshot'],
    ['run_command(command)', 'Runs a shell command'],
    ['get_cookies', ''],
    ['sheets_get_values', ''],
    ['get_current_orders', ''],
    ['get_job(queue, job_id)', ''],
    ['query_queue', ''],
    ['list_occurrences', ''],
    ['documents_get_by_id(document_id)', ''],
    ['read_google_doc(document_id)', ''],
    ['list_objects(object_type)', 'Lists objects of a type with their properties'],
    ['get_order_status', ''],
    ['get_crate_status', 'Gets a status update of a project'],
    ['list_balance_sheet', ''],
    ['get_report', 'Gets a report such as the general ledger'],
    ['create_app_password', ''],
  ])('%s "%s"', (name, text) => expect(found(name, text).sensitive).toBe(true));

  test.each([
    ['get_pull_request_status', ''],
    ['list_projects', ''],
    ['get_job(id)', ''],
    ['get_current_user', ''],
    ['get_balance(network, address)', ''],
    ['list_objects(object_type)', 'Lists objects of a database'],
    ['read_google_doc(query)', ''],
    ['get_latest_block(network)', 'Gets a block with its gas'],
    ['get_balance(network)', 'Gets the native token of an address'],
    ['create_erc20_token', ''],
    ['get_performance_alerts', ''],
    ['seo_audit', 'Gets an SEO audit'],
    ['check_notification_setup', ''],
    ['head_blob', 'Gets a blob without what is in it'],
    ['mark_email(action=read|unread|flag)', 'Marks an email'],
    ['list_files', ''],
    ['get_file_info', ''],
    ['describe_table', ''],
    ['web_search', 'Searches the web'],
    ['search_docs', 'Searches the documentation'],
    ['get_stock_price', ''],
    ['get_ip_address', ''],
    ['get_location', 'Gets the location of a shelf'],
    ['get_transaction(tx_hash)', ''],
    ['list_slides', 'Lists slides with their ids and names'],
    ['scan_code(code)', 'Scans code for mistakes'],
    ['get_page(url)', 'Gets a page of the web'],
    ['list_calendars', ''],
    ['query_metrics(promql)', 'Queries metrics by PromQL'],
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
