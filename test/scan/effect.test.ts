import { describe, expect, test } from 'vitest';
import { classify } from '../../src/scan/classify.ts';
import { judged } from './tool.ts';

const readOnly = { annotations: { readOnlyHint: true } };
const writes = { annotations: { readOnlyHint: false } };
const destroys = { annotations: { readOnlyHint: false, destructiveHint: true } };
const adds = { annotations: { readOnlyHint: false, destructiveHint: false } };

describe('the verb of a name, wherever it stands', () => {
  test.each([
    ['get_crate', 'read'],
    ['listCrates', 'read'],
    ['crate-list', 'read'],
    ['depot_find_crates', 'read'],
    ['depot.crates.get', 'read'],
    ['XMLCrateSearch', 'read'],
    ['create_crate', 'undoable'],
    ['crates-rename', 'undoable'],
    ['CrateArchive', 'undoable'],
    ['crate_write', 'undoable'],
    ['maintenance_off', 'undoable'],
    ['mark_crate_read', 'undoable'],
    ['check_in_guest', 'undoable'],
    ['check_crate', 'read'],
    ['look_up_crate', 'read'],
    ['roll_back_release', 'final'],
    ['take_screenshot', 'read'],
    ['take_profit', 'undoable'],
    ['migrate_status', 'read'],
    ['migrate_crates', 'final'],
    ['criticalthinking', 'read'],
    ['abort_packing', 'undoable'],
    ['browser_agent(task)', 'unknown'],
    ['report_usage', 'read'],
    ['report_issue', 'final'],
    ['capture_payment', 'final'],
    ['format_text', 'read'],
    ['format_disk', 'final'],
    ['recall_message', 'final'],
    ['recall_facts', 'read'],
    ['delete_crate', 'final'],
    ['crates_api_delete', 'final'],
    ['mcp_depot_purge_crates', 'final'],
    ['customer-credits-refund-by-id', 'final'],
    ['get_or_create_crate', 'undoable'],
    ['find_and_replace', 'final'],
    ['get_crate_grant', 'read'],
    ['crate_restore_get', 'read'],
    ['addons_list', 'read'],
    ['receive_message', 'read'],
    ['unseal_crate', 'undoable'],
    ['undelete_crate', 'undoable'],
    ['reship_crate', 'final'],
    ['resend_crate', 'final'],
    ['bulkdelete', 'final'],
    ['retail_crates', 'unknown'],
    ['crate_status', 'read'],
    ['crate_tree', 'read'],
    ['deploy_status', 'read'],
    ['speech_to_text', 'read'],
    ['frobnicate', 'unknown'],
    ['crate', 'unknown'],
    ['depot_query', 'unknown'],
    ['query_crates', 'read'],
    ['deploy_crates_reader', 'read'],
    ['delete_crates_reader', 'final'],
    ['delete_reader', 'final'],
    ['resolve_symbol', 'read'],
    ['resolve_shelfid', 'read'],
    ['resolve_alert', 'undoable'],
    ['protect_range', 'undoable'],
    ['protect_branch', 'final'],
    ['unprotect_branch', 'final'],
    ['convert_file(file_id)', 'undoable'],
    ['convert_length(value)', 'read'],
    ['', 'unknown'],
  ])('%s is %s', (name, expected) => expect(judged(name)).toBe(expected));

  test('the words of the server say nothing', () => {
    expect(judged('post_office_get_stamp', '', {}, 'post-office')).toBe('read');
    expect(judged('delete', '', {}, 'delete')).toBe('final');
  });
});

describe('the first sentence, where the name leaves it open', () => {
  test.each([
    ['crate', 'Returns one crate', 'read'],
    ['crate', 'Use this tool when you need to move a crate to another shelf', 'undoable'],
    ['crate', 'This tool allows you to permanently delete a crate', 'final'],
    ['crate', '[beta] **Lists** all crates', 'read'],
    ['crate', 'Depot | Retrieve a crate', 'read'],
    ['crate', 'A tool for creating crates', 'undoable'],
    ['crate', 'Get, set or delete a crate', 'final'],
    ['show_row', 'Show (unhide) a row', 'undoable'],
    ['get_row', 'Get (fetch) a row', 'read'],
    ['get_crates', 'Get all live/open crates', 'read'],
    ['get_crates', 'Get/open a crate', 'undoable'],
    ['get_crates', 'Get the crates of harbour and open-sea depots', 'read'],
    ['get_crates', 'Get and open-or-close crates', 'undoable'],
    ['get_crates', 'Get and bulk-delete crates', 'final'],
    ['fetch_crates(remote)', 'Fetches what changed in a remote repository', 'undoable'],
    ['fetch_crates(remote)', 'Fetches the crates of a remote depot', 'read'],
    ['crate', 'Creates or completely overwrites a crate', 'final'],
    ['crates_run', 'Retrieve the data of a run', 'read'],
    ['ship', 'Roll back the last release', 'final'],
    ['door', 'Turn on the lamp', 'undoable'],
    ['session', 'Signs the user into the depot', 'undoable'],
    ['crate', 'Make a phone call to a customer', 'final'],
    ['digest', 'Performs a systematic code review', 'read'],
    ['connect_crates_list', 'Lists what connects crates', 'read'],
    ['connect_crates_list', 'Connects crates', 'undoable'],
    ['crate', 'Read-only. Lists crates', 'read'],
    ['crate', 'Read-only. Deletes a crate', 'final'],
    ['crate', 'Lists crates with their facts, including dates, lids and deliveries', 'read'],
    ['crate_tool', 'Crate tool to perform actions like create crate, get all crates', 'undoable'],
    ['crate', 'Make a request to create a crate', 'undoable'],
    ['crate', 'Crates are wooden', 'unknown'],
    ['crate', '(Read-only) Lists crates', 'read'],
    ['crate', 'WARNING: This will delete a crate', 'final'],
    ['crate', 'Purpose: delete a crate', 'final'],
    ['crate', 'A simple tool that deletes crates', 'final'],
    ['crate', 'This is used to delete crates', 'final'],
    ['crate', 'Given an id, returns the crate', 'read'],
    ['crate', 'If the person asks, delete the crate', 'final'],
    ['crate', 'Authenticated users can delete crates', 'final'],
    ['crate', 'Deletion of a crate', 'final'],
    ['crate', 'POST /crates - Create a crate', 'undoable'],
    ['crate', 'DELETE /crates/{id}', 'final'],
    ['crate', 'Crates are wooden. Deletes one', 'final'],
    ['crate', 'Step 2: Delete the crate', 'final'],
    ['crate', 'Delete the function that packs', 'final'],
    ['crate', 'Use this when the person requests a new one', 'unknown'],
  ])('%s: "%s" is %s', (name, text, expected) => expect(judged(name, text)).toBe(expected));

  test("the server's own name is no deed where it is written as a name", () => {
    const by = 'Retrieve one crate by id or Notify address, with what is in it';
    expect(judged('get_crate', by, {}, 'notify')).toBe('read');
    expect(judged('get_crate', by.replace('Notify', 'notify'), {}, 'notify')).toBe('final');
    expect(judged('get_crate', 'Get Or Notify Any Crate', {}, 'notify')).toBe('final');
  });
  test('with a hint and a name that read, a text may speak of a mark or a sign-in', () => {
    expect(judged('get_crate_link', 'Use this tool when the user wants to submit feedback', readOnly)).toBe('read');
    expect(judged('crate_link', 'Use this tool when the user wants to submit feedback', readOnly)).toBe('undoable');
    expect(judged('get_crate_link', 'Use this tool when the user wants to delete a crate', readOnly)).toBe('final');
    expect(judged('get_crate', 'Authenticates the token and returns a crate', readOnly)).toBe('read');
    expect(judged('get_crate', 'Authenticates the token and returns a crate')).toBe('final');
  });
  test('it can make a name worse', () =>
    expect(judged('get_crate', 'Deletes the crate after reading it')).toBe('final'));
  test('a title stands in for an empty description', () =>
    expect(judged('crate', ' ', { title: 'Delete a crate' })).toBe('final'));
  test('what only tells how to create is a read', () => {
    expect(judged('create_crate', 'Returns documentation on how to create a crate')).toBe('read');
    expect(judged('create_crate', 'Returns documentation on how to create a crate', writes)).toBe('undoable');
    expect(judged('delete_crate', 'Returns documentation on how to delete a crate')).toBe('final');
    expect(judged('create_payment', 'Returns documentation on how to create a payment')).toBe('final');
  });
});

describe('one argument that chooses: the worst choice counts', () => {
  test.each([
    ['crates(action=list|get)', 'read'],
    ['crates(action=list|rename)', 'undoable'],
    ['crates(action=list|delete)', 'final'],
    ['manage_crates(operation=create|rename)', 'undoable'],
    ['crate_write(method=create|remove)', 'final'],
    ['get_crates(action=list|delete)', 'final'],
    ['list_crates(action=assigned|created|deleted)', 'read'],
    ['get_type(method=create|delete)', 'read'],
    ['manage_crates', 'write'],
  ])('%s is %s', (name, expected) => expect(judged(name)).toBe(expected));

  const described = (text: string) => ({
    inputSchema: { type: 'object', properties: { action: { type: 'string', description: text } } },
  });
  test('choices that are only described', () => {
    expect(judged('crates', 'Crates', described("One of 'list', 'get' or 'delete'"))).toBe('final');
    expect(judged('crates', 'Crates', described('one of: list, get'))).toBe('read');
  });
  test('a single argument that wraps the others', () => {
    const inner = { type: 'object', properties: { action: { anyOf: [{ const: 'list' }, { const: 'delete' }] } } };
    const inputSchema = { type: 'object', properties: { request: { $ref: '#/$defs/R' } }, $defs: { R: inner } };
    expect(judged('crates', '', { inputSchema })).toBe('final');
  });
});

describe('what hints are worth', () => {
  test.each([
    ['frobnicate', readOnly, 'read'],
    ['open_crate', readOnly, 'read'],
    ['create_crate', readOnly, 'undoable'],
    ['delete_all', readOnly, 'final'],
    ['crate', { ...readOnly, description: 'Expands from one crate to the next' }, 'read'],
    ['crate', { ...readOnly, description: 'Deletes a crate' }, 'final'],
    ['crate', { ...readOnly, description: 'Creates a payment' }, 'final'],
    ['frobnicate', writes, 'write'],
    ['frobnicate', adds, 'undoable'],
    ['get_crate', destroys, 'write'],
    ['generate_crate', writes, 'undoable'],
    ['delete_crate', adds, 'final'],
    ['create_refund', adds, 'final'],
    ['manage_crates', adds, 'undoable'],
    ['frobnicate', { annotations: { readOnlyHint: 'true' } }, 'unknown'],
    ['frobnicate', { annotations: null }, 'unknown'],
  ])('%s with %j is %s', (name, more, expected) => expect(judged(name, '', more)).toBe(expected));
});

describe('a read that can be told to do more', () => {
  const flag = (name: string) => ({ inputSchema: { type: 'object', properties: { [name]: { type: 'boolean' } } } });
  test('a switch', () => expect(judged('get_crate', '', flag('delete'))).toBe('write'));
  test('an admission', () => expect(judged('get_crate', 'Gets a crate. It can also delete it.')).toBe('write'));
  test('an agent', () => expect(judged('find_agent(task)', 'Finds its way')).toBe('write'));
  test('other flags', () => expect(judged('get_crate', '', flag('verbose'))).toBe('read'));
  test('saving what is downloaded', () => {
    const inputSchema = { type: 'object', properties: { local_path: { type: 'string' } }, required: ['local_path'] };
    expect(judged('download_crate', '', { inputSchema })).toBe('undoable');
    expect(judged('download_crate')).toBe('read');
    expect(judged('export_crate', 'Exports a crate and saves it to a local file')).toBe('undoable');
    expect(judged('export_crate', 'Exports a crate. If a path is given, saves it to a local file')).toBe('read');
  });
});

describe('a product whose name is a verb', () => {
  const product = (name: string, description: string) =>
    classify({ name, description, inputSchema: { type: 'object' } }, 'acme-protect-mcp').effect;

  test('is no deed of a tool that says what it looks at', () => {
    expect(product('protect_get_camera', 'Get a camera by its id.')).toBe('read');
    expect(product('protect_list_doors', 'Lists all doors.')).toBe('read');
  });

  test('stays one where nothing says so, and for any other verb', () => {
    expect(product('protect_get_camera', '')).toBe('write');
    expect(product('protect_camera', 'Get a camera ready and lock it.')).toBe('write');
    expect(product('protect_delete_camera', 'Delete a camera.')).toBe('write');
  });
});
