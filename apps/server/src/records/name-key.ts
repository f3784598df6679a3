import { fold } from './search-text.ts';

/** Words that tell a company's legal form or are mere articles: two spellings of one name differ by them. */
const ofNoWeight = new Set(
  (
    'sa sarl sas sasu eurl sci snc scop selarl scp gie ei inc incorporated llc llp ltd limited plc corp corporation co ' +
    'company gmbh ag kg ohg bv nv srl spa sl oy ab as aps societe ste ets etablissements cie compagnie groupe group ' +
    'holding the le la les l de du des d et and of'
  ).split(' '),
);

/**
 * What two spellings of one organisation's name share.
 * @example organisationNameKey('Les Établissements Dupont S.A.R.L.') // 'dupont'
 */
export function organisationNameKey(name: string): string {
  // `S.A.` and `S.A.R.L.` are read as one word each.
  const words = fold(name.replaceAll(/\b(\p{L})\.(?=\p{L}\b)/gu, '$1')).split(' ');
  const weighty = words.filter((word) => !ofNoWeight.has(word));
  return (weighty.length > 0 ? weighty : words).join(' ');
}

/**
 * What two spellings of one person's name share: their words whatever the order.
 * @example personNameKey('Marie', 'LE GALL') // 'gall le marie'
 */
export function personNameKey(firstName: string | null, lastName: string): string {
  return fold(`${firstName ?? ''} ${lastName}`)
    .split(' ')
    .toSorted()
    .join(' ');
}
