/**
 * What decides whether two spellings are one name: letters and digits, without accents, case, and the `__c` of
 * Salesforce's custom fields. `Code postal`, `CODE_POSTAL` and `codePostal` have one key.
 */
export function spellingKey(spelling: string): string {
  return spelling
    .replace(/__c$/i, '')
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
