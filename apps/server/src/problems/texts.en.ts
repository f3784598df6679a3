import type { ProblemCode } from '@vif/contract/problem';

type Values = Readonly<Record<string, string | number | undefined>>;

/** What people read for each code: a title, and a sentence that says what to do. */
export const problems: Record<ProblemCode, { title: string; detail: (values: Values) => string }> = {
  invalid_input: {
    title: 'Some fields are not right',
    detail: () => 'Correct the fields marked and send again. Nothing was saved.',
  },
  invalid_json: { title: 'The request is not valid JSON', detail: () => 'Send the body as valid JSON.' },
  invalid_encoding: {
    title: 'The text is not valid UTF-8',
    detail: () => 'Send the text encoded in UTF-8, without NUL characters.',
  },
  invalid_url: { title: 'The address is not valid', detail: () => 'Check the address for stray characters.' },
  invalid_csv: {
    title: 'The file cannot be imported',
    detail: ({ reason }) => `${String(reason)} Nothing was imported.`,
  },
  not_signed_in: { title: 'Not signed in', detail: () => 'Sign in to go on.' },
  wrong_credentials: {
    title: 'E-mail or password is wrong',
    detail: () =>
      'Check both and try again. An administrator can make a new password with “npm run password”.',
  },
  forbidden: {
    title: 'Not allowed',
    detail: () => 'Your role does not allow this. Ask an administrator of your workspace.',
  },
  not_owner: {
    title: 'Not your record',
    detail: () => 'Your role lets you change only records that you own. Ask the owner or a manager.',
  },
  foreign_origin: {
    title: 'The request came from another site',
    detail: () => 'Open Vif at its own address and try again.',
  },
  not_found: { title: 'Not found', detail: () => 'It does not exist, or no longer. Go back to the list.' },
  method_not_allowed: {
    title: 'Method not allowed',
    detail: () => 'This address does not take that method; see /api/docs.',
  },
  too_slow: { title: 'The request took too long', detail: () => 'Check your connection and send it again.' },
  conflict: { title: 'Something else happened at the same time', detail: () => 'Reload and try again.' },
  workspace_changed: {
    title: 'Another workspace is open',
    detail: () => 'Another tab switched to another workspace. Reload this page; nothing was saved.',
  },
  external_id_taken: {
    title: 'The external id is taken',
    detail: () => 'Another record has this external id. Choose another, or open that record.',
  },
  external_id_in_bin: {
    title: 'The external id is in the bin',
    detail: () => 'A deleted record has this external id. Restore it, or choose another id.',
  },
  already_member: {
    title: 'Already a member',
    detail: () => 'This person is a member of the workspace already.',
  },
  last_admin: {
    title: 'The last administrator',
    detail: () => 'A workspace needs an administrator. Make somebody else administrator first.',
  },
  version_outdated: {
    title: 'Changed in the meantime',
    detail: () => 'Somebody saved this record after you opened it. Compare both versions and save again.',
  },
  too_large: { title: 'Too large', detail: ({ limit }) => `Send at most ${String(limit ?? '1 MB')}.` },
  unsupported_type: {
    title: 'Unsupported content type',
    detail: () => 'Send application/json, or text/csv for an import.',
  },
  unknown_reference: {
    title: 'The record it points to does not exist',
    detail: () => 'Choose another one; it may have been deleted.',
  },
  upgrade_required: {
    title: 'This address is a WebSocket',
    detail: () =>
      'Connect with a WebSocket. A proxy in front of Vif has to pass the headers Upgrade and Connection on.',
  },
  version_required: {
    title: 'The version is missing',
    detail: () => 'Send the ETag of the record you changed in If-Match.',
  },
  too_many_requests: {
    title: 'Too many attempts',
    detail: ({ seconds }) => `Wait ${String(seconds ?? 60)} seconds and try again.`,
  },
  internal: {
    title: 'Something went wrong',
    detail: ({ requestId }) =>
      `Nothing was saved. Try again; if it stays, give your administrator the number ${String(requestId)}.`,
  },
  busy: {
    title: 'Vif is busy with these records',
    detail: () =>
      'Something large, such as an import, is being saved. Nothing of yours was; try again in a moment.',
  },
  starting: { title: 'Vif is starting', detail: () => 'Try again in a moment.' },
  database_unavailable: {
    title: 'The database cannot be reached',
    detail: () => 'Vif keeps trying. What you typed is still here; try again in a moment.',
  },
  outcome_unknown: {
    title: 'It is not known whether this was saved',
    detail: () =>
      'The connection to the database was lost while saving. Reload to see, before you try again.',
  },
};

const number = new Intl.NumberFormat('en');

/** What people read at a field, for the codes that are not the schema library's own. */
export const fields: Record<string, (values: Values) => string> = {
  control_characters: () => 'Remove characters that cannot be shown',
  invalid_email: () => 'This is not an e-mail address',
  invalid_phone: () => 'This is not a possible phone number',
  invalid_website: () => 'This is not a web address',
  invalid_siren: () => 'This is not a SIREN: nine digits with a valid check digit',
  invalid_country: () => 'This is not a country’s two-letter code',
  too_short: ({ limit }) => `Use at least ${number.format(Number(limit))} characters`,
  too_long: ({ limit }) => `Use at most ${number.format(Number(limit))} characters`,
  too_low: ({ limit }) => `Use ${number.format(Number(limit))} or more`,
  too_high: ({ limit }) => `Use at most ${number.format(Number(limit))}`,
  too_many_decimals: () => 'Use at most two decimals',
  invalid_choice: () => 'This is not one of the possible values',
  unknown_reference: () => 'This one does not exist in this workspace',
  already_member: () => 'This person is a member already',
  wrong_password: () => 'This is not your current password',
  required: () => 'Fill this in',
  last_admin: () => 'A workspace needs an administrator',
  unrecognized_keys: ({ keys }) => `Unknown field: ${String(keys)}`,
  external_id_in_bin: () => 'A record in the bin has this external id',
  external_id_taken: () => 'Another record has this external id',
};
