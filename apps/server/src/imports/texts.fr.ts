import type { OtherKind } from '../csv/csv-error.ts';
import type * as english from './texts.en.ts';

type Values = Readonly<Record<string, unknown>>;

const kinds: Record<OtherKind, string> = {
  spreadsheet: 'Ceci est un classeur : enregistrez-le en CSV dans votre tableur et importez ce fichier-là.',
  pdf: 'Ceci est un document PDF : exportez les données en CSV et importez ce fichier-là.',
  archive: 'Ceci est une archive : décompressez-la et importez le fichier CSV qu’elle contient.',
  web_page: 'Ceci est une page web : exportez les données en CSV et importez ce fichier-là.',
  binary: 'Ceci n’est pas un fichier texte : exportez les données en CSV et importez ce fichier-là.',
};

const required: Record<string, string> = {
  name: 'le nom de l’organisation',
  lastName: 'le nom de famille de la personne',
};

const number = (value: unknown) => Number(value).toLocaleString('fr');

export const csvProblems: typeof english.csvProblems = {
  empty_file: () => 'Le fichier est vide.',
  not_csv: ({ kind, line }) =>
    line > 1 ? `La ligne ${line} contient des octets qui ne sont pas du texte.` : kinds[kind],
  invalid_encoding: ({ encoding, line }) =>
    `La ligne ${line} contient des octets qui ne sont pas de l’${encoding}, l’encodage du reste du fichier : enregistrez-le en UTF-8.`,
  quote_not_closed: ({ line }) => `Le guillemet ouvert dans la ligne ${line} n’est jamais refermé.`,
  row_too_long: ({ line, limit }) =>
    `La ligne ${line} fait plus de ${limit / 1024} ko ; le plus souvent, un guillemet n’y est pas refermé.`,
  too_many_columns: ({ columns, limit }) =>
    `Le fichier a ${columns} colonnes ; ${limit} au plus sont acceptées.`,
  missing_column: ({ field, spellings }) =>
    `Aucune colonne ne contient ${required[field] ?? field}. Nommez-en une : ${spellings.join(', ')}.`,
};

export const refusals: typeof english.refusals = {
  interrupted: () => 'L’envoi a été interrompu.',
  too_many_rows: ({ limit }) =>
    `Le fichier a plus de ${number(limit)} lignes : découpez-le et importez les morceaux.`,
  too_many_rejected: ({ limit, line, reason }) =>
    `Plus de ${number(limit)} lignes ne peuvent pas être reprises : c’est le fichier entier qui ne va pas. La première, ligne ${String(line)} : ${String(reason)}.`,
  too_much_rejected: ({ line, reason }) =>
    `Une trop grande part du fichier ne peut pas être reprise. La première, ligne ${String(line)} : ${String(reason)}.`,
};

export const remarks: typeof english.remarks = {
  too_few_cells: () => 'La ligne a moins de cellules que l’en-tête',
  too_many_cells: () => 'La ligne a plus de cellules que l’en-tête',
  stray_quote: () => 'Un guillemet se trouve à l’intérieur d’une cellule entre guillemets',
  invalid_number: ({ value }: Values) => `« ${String(value)} » n’est pas un montant en euros`,
  ambiguous_number: ({ value }) =>
    `« ${String(value)} » peut être des milliers ou des décimales : écrivez 1234 ou 1,23`,
  invalid_flag: ({ value }) => `« ${String(value)} » n’est ni oui ni non`,
  duplicate_external_id: ({ value, line }) =>
    `La ligne ${String(line)} a le même identifiant externe, « ${String(value)} »`,
  not_owner: () =>
    'La fiche appartient à quelqu’un d’autre ; votre rôle ne permet de modifier que les vôtres',
  impossible_phone: ({ value }) =>
    `« ${String(value)} » n’est pas un numéro de téléphone possible ; il a été gardé tel quel`,
  unknown_country: ({ value }) => `« ${String(value)} » n’est pas un pays connu ; il a été laissé de côté`,
  unknown_owner: ({ value }) =>
    `« ${String(value)} » n’est ni le nom ni l’e-mail d’un membre ; le propriétaire reste ce qu’il était`,
  ambiguous_owner: ({ value }) =>
    `Plusieurs membres s’appellent « ${String(value)} » ; le propriétaire reste ce qu’il était`,
  other_owner: ({ value }) =>
    `Votre rôle ne permet d’importer que vos propres fiches ; « ${String(value)} » n’en est pas devenu propriétaire`,
  unknown_organisation: ({ value }) =>
    `Aucune organisation « ${String(value)} » n’a été trouvée ; aucun lien n’a été fait`,
  ambiguous_organisation: ({ value }) =>
    `Plusieurs organisations s’appellent « ${String(value)} » ; aucun lien n’a été fait`,
  binned_organisation: ({ value }) => `L’organisation « ${String(value)} » est dans la corbeille`,
};

export const sizeLimit = '200 Mo';
