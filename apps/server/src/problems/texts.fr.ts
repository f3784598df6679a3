import type { fields as english, problems as englishProblems } from './texts.en.ts';

/** What people read for each code: a title, and a sentence that says what to do. */
export const problems: typeof englishProblems = {
  invalid_input: {
    title: 'Certains champs ne vont pas',
    detail: () => 'Corrigez les champs signalés et renvoyez. Rien n’a été enregistré.',
  },
  invalid_json: {
    title: 'La requête n’est pas du JSON valide',
    detail: () => 'Envoyez le corps en JSON valide.',
  },
  invalid_encoding: {
    title: 'Le texte n’est pas en UTF-8 valide',
    detail: () => 'Envoyez le texte encodé en UTF-8, sans caractère NUL.',
  },
  invalid_url: {
    title: 'L’adresse n’est pas valide',
    detail: () => 'Vérifiez qu’elle ne contient pas de caractères parasites.',
  },
  invalid_csv: {
    title: 'Le fichier ne peut pas être importé',
    detail: ({ reason }) => `${String(reason)} Rien n’a été importé.`,
  },
  not_signed_in: { title: 'Non connecté', detail: () => 'Connectez-vous pour continuer.' },
  wrong_credentials: {
    title: 'E-mail ou mot de passe incorrect',
    detail: () =>
      'Vérifiez les deux et réessayez. Un administrateur peut faire un nouveau mot de passe avec « npm run password ».',
  },
  forbidden: {
    title: 'Non autorisé',
    detail: () => 'Votre rôle ne le permet pas. Demandez à un administrateur de votre espace.',
  },
  not_owner: {
    title: 'Cette fiche n’est pas la vôtre',
    detail: () =>
      'Votre rôle ne permet de modifier que vos propres fiches. Demandez à son propriétaire ou à un responsable.',
  },
  foreign_origin: {
    title: 'La requête vient d’un autre site',
    detail: () => 'Ouvrez Vif à sa propre adresse et réessayez.',
  },
  not_found: { title: 'Introuvable', detail: () => 'Cela n’existe pas, ou plus. Revenez à la liste.' },
  method_not_allowed: {
    title: 'Méthode non permise',
    detail: () => 'Cette adresse n’accepte pas cette méthode ; voyez /api/docs.',
  },
  too_slow: {
    title: 'La requête a mis trop de temps',
    detail: () => 'Vérifiez votre connexion et renvoyez-la.',
  },
  conflict: { title: 'Autre chose s’est passé en même temps', detail: () => 'Rechargez et réessayez.' },
  workspace_changed: {
    title: 'Un autre espace est ouvert',
    detail: () =>
      'Un autre onglet est passé à un autre espace. Rechargez cette page ; rien n’a été enregistré.',
  },
  external_id_taken: {
    title: 'L’identifiant externe est pris',
    detail: () => 'Une autre fiche a cet identifiant externe. Choisissez-en un autre, ou ouvrez cette fiche.',
  },
  external_id_in_bin: {
    title: 'L’identifiant externe est dans la corbeille',
    detail: () =>
      'Une fiche supprimée a cet identifiant externe. Restaurez-la, ou choisissez un autre identifiant.',
  },
  already_member: { title: 'Déjà membre', detail: () => 'Cette personne est déjà membre de l’espace.' },
  last_admin: {
    title: 'Le dernier administrateur',
    detail: () => 'Un espace a besoin d’un administrateur. Nommez d’abord quelqu’un d’autre.',
  },
  version_outdated: {
    title: 'Modifié entre-temps',
    detail: () =>
      'Quelqu’un a enregistré cette fiche après que vous l’avez ouverte. Comparez les deux versions et enregistrez de nouveau.',
  },
  too_large: {
    title: 'Trop volumineux',
    detail: ({ limit }) => `Envoyez au plus ${String(limit ?? '1 Mo')}.`,
  },
  unsupported_type: {
    title: 'Type de contenu non pris en charge',
    detail: () => 'Envoyez application/json, ou text/csv pour un import.',
  },
  unknown_reference: {
    title: 'La fiche visée n’existe pas',
    detail: () => 'Choisissez-en une autre ; elle a peut-être été supprimée.',
  },
  upgrade_required: {
    title: 'Cette adresse est un WebSocket',
    detail: () =>
      'Connectez-vous par WebSocket. Un proxy placé devant Vif doit transmettre les en-têtes Upgrade et Connection.',
  },
  version_required: {
    title: 'La version manque',
    detail: () => 'Envoyez dans If-Match l’ETag de la fiche que vous avez modifiée.',
  },
  too_many_requests: {
    title: 'Trop d’essais',
    detail: ({ seconds }) => `Attendez ${String(seconds ?? 60)} secondes et réessayez.`,
  },
  internal: {
    title: 'Quelque chose n’a pas marché',
    detail: ({ requestId }) =>
      `Rien n’a été enregistré. Réessayez ; si cela persiste, donnez à votre administrateur le numéro ${String(requestId)}.`,
  },
  busy: {
    title: 'Vif est occupé avec ces fiches',
    detail: () =>
      'Quelque chose de volumineux, comme un import, est en cours d’enregistrement. Rien du vôtre ne l’a été ; réessayez dans un instant.',
  },
  starting: { title: 'Vif démarre', detail: () => 'Réessayez dans un instant.' },
  database_unavailable: {
    title: 'La base de données est injoignable',
    detail: () => 'Vif continue d’essayer. Votre saisie est toujours là ; réessayez dans un instant.',
  },
  outcome_unknown: {
    title: 'On ne sait pas si l’enregistrement a eu lieu',
    detail: () =>
      'La connexion à la base a été perdue pendant l’enregistrement. Rechargez pour voir, avant de réessayer.',
  },
};

const number = new Intl.NumberFormat('fr');

/** What people read at a field, for the codes that are not the schema library's own. */
export const fields: typeof english = {
  control_characters: () => 'Retirez les caractères qui ne s’affichent pas',
  invalid_email: () => 'Ce n’est pas une adresse e-mail',
  invalid_phone: () => 'Ce n’est pas un numéro de téléphone possible',
  invalid_website: () => 'Ce n’est pas une adresse web',
  invalid_siren: () => 'Ce n’est pas un SIREN : neuf chiffres dont la clé est juste',
  invalid_country: () => 'Ce n’est pas le code à deux lettres d’un pays',
  too_short: ({ limit }) => `Il faut au moins ${number.format(Number(limit))} caractères`,
  too_long: ({ limit }) => `Il faut au plus ${number.format(Number(limit))} caractères`,
  too_low: ({ limit }) => `Il faut ${number.format(Number(limit))} ou plus`,
  too_high: ({ limit }) => `Il faut au plus ${number.format(Number(limit))}`,
  too_many_decimals: () => 'Deux décimales au plus',
  invalid_choice: () => 'Ce n’est pas une des valeurs possibles',
  unknown_reference: () => 'Cela n’existe pas dans cet espace',
  already_member: () => 'Cette personne est déjà membre',
  wrong_password: () => 'Ce n’est pas votre mot de passe actuel',
  required: () => 'À remplir',
  last_admin: () => 'Un espace a besoin d’un administrateur',
  unrecognized_keys: ({ keys }) => `Champ inconnu : ${String(keys)}`,
  external_id_in_bin: () => 'Une fiche de la corbeille a cet identifiant externe',
  external_id_taken: () => 'Une autre fiche a cet identifiant externe',
};
