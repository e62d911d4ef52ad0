import { describe, expect, test } from 'vitest';
import { judged } from './tool.ts';

const table = (rows: readonly (readonly [string, string])[]) =>
  test.each(rows)('%s is %s', (name, expected) => expect(judged(name)).toBe(expected));

describe('deletion', () =>
  table([
    ['drop_shelf', 'final'],
    ['remove_crate', 'final'],
    ['remove_label', 'undoable'],
    ['remove_crate_from_shelf', 'undoable'],
    ['remove_member_from_shelf', 'final'],
    ['delete_reaction', 'undoable'],
    ['clear_filter', 'undoable'],
    ['clear_history', 'final'],
    ['kill_process', 'final'],
    ['close_crate', 'undoable'],
    ['close_account', 'final'],
  ]));

describe('messages to people', () =>
  table([
    ['send_email', 'final'],
    ['post_message', 'final'],
    ['create_announcement', 'final'],
    ['schedule_campaign', 'final'],
    ['forward_message', 'final'],
    ['reply_to_thread', 'final'],
    ['make_call', 'final'],
    ['create_ticket_reply', 'final'],
    ['create_mail_filter', 'final'],
    ['create_crate_filter', 'undoable'],
    ['decline_invitation', 'final'],
    ['decline_crate', 'undoable'],
    ['remove_shared_label', 'final'],
    ['cast_vote', 'final'],
    ['file_claim', 'final'],
    ['report_email', 'final'],
    ['add_contact_to_sequence', 'final'],
    ['start_stream', 'final'],
    ['update_crate(title, notify_owner)', 'final'],
    ['create_draft_email', 'undoable'],
    ['send_draft', 'final'],
    ['send-shared-mailbox-draft', 'final'],
    ['reply_draft', 'undoable'],
    ['post_comment', 'undoable'],
    ['create_label', 'undoable'],
  ]));

describe('money', () =>
  table([
    ['pay_invoice', 'final'],
    ['create_refund', 'final'],
    ['cancel_subscription', 'final'],
    ['place_order', 'final'],
    ['transfer_tokens', 'final'],
    ['approve_expense', 'final'],
    ['approve_holiday', 'undoable'],
    ['register_domain', 'final'],
    ['issue_certificate', 'final'],
    ['update_campaign_budget', 'final'],
    ['update_crate_budget', 'undoable'],
    ['create_payment_link', 'undoable'],
    ['create_event_subscription', 'undoable'],
    ['withdraw_funds', 'final'],
    ['withdraw_offer', 'undoable'],
    ['create_product', 'undoable'],
    ['create_price', 'undoable'],
    ['cancel_downtime', 'undoable'],
  ]));

describe('rights and credentials', () =>
  table([
    ['grant_access', 'final'],
    ['share_crate', 'final'],
    ['add_collaborator', 'final'],
    ['add_user_to_team', 'final'],
    ['update_role', 'final'],
    ['rotate_key', 'final'],
    ['rotate_image', 'undoable'],
    ['create_api_key', 'final'],
    ['set_env_var', 'final'],
    ['disable_firewall', 'final'],
    ['deactivate_user', 'final'],
    ['deny_device_authorization', 'final'],
    ['unlock_door', 'final'],
    ['add_port_forwarding', 'final'],
    ['stop_port_forwarding', 'undoable'],
    ['unlock_crate', 'undoable'],
    ['create_access_policy', 'final'],
    ['create_packing_policy', 'undoable'],
    ['set_design_token', 'undoable'],
    ['create_shared_link', 'final'],
    ['enable_dark_mode', 'undoable'],
    ['assign_member_to_card', 'undoable'],
    ['create_user(name, password)', 'final'],
    ['create_user(name)', 'undoable'],
  ]));

describe('what goes live', () =>
  table([
    ['deploy_site', 'final'],
    ['merge_pull_request', 'final'],
    ['apply_manifest', 'final'],
    ['apply_label', 'undoable'],
    ['merge_cells', 'undoable'],
    ['create_deployment', 'final'],
    ['run_playbook', 'final'],
    ['run_report', 'read'],
    ['resolve_name', 'read'],
    ['resolve_crate', 'undoable'],
    ['apply_blur', 'undoable'],
    ['drain_node', 'final'],
    ['stop_build', 'final'],
    ['stop_server', 'undoable'],
    ['kubectl_patch', 'final'],
    ['create_service(image)', 'final'],
    ['create_service(name)', 'undoable'],
    ['push_image(repository)', 'final'],
    ['install_helm_chart', 'final'],
    ['create_pipeline(ref)', 'final'],
    ['create_pipeline(name)', 'undoable'],
    ['complete_migration', 'final'],
  ]));

describe('overwriting', () => {
  table([
    ['write_file', 'final'],
    ['replace_shelf', 'final'],
    ['reset_shelf', 'final'],
    ['reset_view', 'undoable'],
    ['restore_project', 'undoable'],
    ['restore_snapshot', 'final'],
    ['upload_file', 'undoable'],
    ['upload_file(path, overwrite)', 'final'],
    ['sftp_upload', 'final'],
    ['put_object', 'final'],
    ['alter_crate', 'undoable'],
    ['alter_table', 'final'],
    ['update_crates(filter, update)', 'final'],
  ]);
  test('by the description', () =>
    expect(judged('upload_file', 'Uploads a file. It replaces an existing one.')).toBe('final'));
});

describe('pages', () => {
  test.each([
    ['click(selector)', 'Click on the page', 'final'],
    ['press_key(key)', 'Press a key', 'final'],
    ['browser_file_upload(paths)', 'Upload files', 'final'],
    ['handle_dialog(action=accept|dismiss)', 'Handle a dialog', 'final'],
    ['navigate(url)', 'Go to a page', 'undoable'],
    ['fill(selector, value)', 'Fill a field', 'undoable'],
    ['browser_drag(from, to)', 'Perform drag and drop between two elements', 'undoable'],
  ])('%s is %s', (name, text, expected) => expect(judged(name, text)).toBe(expected));
});

describe('a description that tells of people or of a way back', () => {
  test.each([
    ['create_crate', 'Creates a crate and notifies the customer', 'final'],
    ['create_crate', 'Creates a crate and sends an email notification', 'final'],
    ['create_crate', 'Creates a crate. It does not notify the customer', 'undoable'],
    ['comment_crate', 'Adds a comment that is visible to the customer', 'final'],
    ['delete_crate', 'Moves a crate to the trash', 'undoable'],
    ['delete_crate', 'Deletes a crate, which can be restored', 'undoable'],
    ['delete_crate', 'Deletes a crate, which can be restored. This cannot be undone.', 'final'],
    ['send_crate', 'Sends a crate, which can be restored', 'final'],
    ['create_crate', 'Writes a new crate', 'undoable'],
    ['write_crate', 'Writes a crate', 'final'],
  ])('%s: "%s" is %s', (name, text, expected) => expect(judged(name, text)).toBe(expected));
});

describe('a description that warns', () => {
  test('is believed', () => expect(judged('archive_crate', 'Archives a crate. This cannot be undone.')).toBe('final'));
  test('unless it denies', () =>
    expect(judged('archive_crate', 'Archives a crate. It does not permanently delete it.')).toBe('undoable'));
  test('and not about a mere mark', () =>
    expect(judged('delete_reaction', 'Deletes a reaction. Deletion can be irreversible.')).toBe('undoable'));
});

describe('what the arguments and the text add', () =>
  test.each([
    ['import_crates(path, truncateFirst)', 'Imports crates', 'final'],
    ['copy_crates(target, clear_existing)', 'Copies crates', 'final'],
    ['import_crates(path)', 'Imports crates', 'undoable'],
    ['checkout(paths)', 'Switch branches or restore working tree files', 'final'],
    ['cancel_scheduled(id)', 'Cancels a scheduled email', 'final'],
    ['cancel_email', 'Cancels an email', 'final'],
    ['cancel_visit', 'Cancels a visit', 'undoable'],
    ['register_crate(private_key)', 'Registers a crate and mints an NFT for it', 'final'],
    ['register_crate(private_key)', 'Registers a crate', 'undoable'],
    ['remove_topic', 'Removes a topic. Warn the user that removing a topic is irreversible', 'final'],
    ['remove_topic', 'Removes a topic', 'undoable'],
    ['unassign_crate', 'Remove the person from the crate', 'undoable'],
    ['remove_subtask', 'Remove a task from its parent', 'undoable'],
    ['remove_subtask', 'Remove a task', 'final'],
    ['set_list(kind)', 'Add or remove bullet points', 'undoable'],
    ['git_remote', 'Add or remove a remote', 'undoable'],
    ['remove_remote_file', '', 'final'],
    ['remove_person', 'Remove a person from the parent company', 'final'],
    ['disconnect_account', 'Remove the account and its data', 'final'],
    ['cancel_email_rule', '', 'undoable'],
    ['create_credit_note', '', 'final'],
    ['create_calendar_booking', '', 'final'],
    ['create_timesheet', 'Creates a payroll timesheet', 'undoable'],
    ['approve_timesheet', 'Approves a payroll timesheet', 'final'],
    ['receive_payment', 'Record a customer payment', 'final'],
    ['create_customer_note', 'Creates a note on a customer', 'undoable'],
    ['create_journal_entry', 'Creates an entry whose debits and credits match', 'final'],
    ['create_journal_entry', 'Writes down how the day was', 'undoable'],
    ['write_crate(contract_address, function_name, args)', 'Calls a function that changes a contract', 'final'],
  ])('%s: "%s" is %s', (name, text, expected) => expect(judged(name, text)).toBe(expected)));
