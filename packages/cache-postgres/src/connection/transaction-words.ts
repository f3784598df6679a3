/*
 * What the text of a statement says of transactions. Every statement of a pool comes by here, so that it is told by words
 * and not by the parser. A word may stand in a string or a comment: each answer is certain on the side that its name
 * says, and only there.
 */
const opening = String.raw`(?:begin|start\s+transaction)\b`;
const closing = String.raw`(?:commit|end|rollback|abort)\b`;
const anotherBehind = String.raw`;\s*\S`;
const readWrite = String.raw`\bread\s+write\b`;

const several = new RegExp(anotherBehind);
/** Behind comments too; a comment within one is no comment's end, so that what looks like its end may begin one as well. */
const openingSomewhere = new RegExp(String.raw`(?:^|;|\*\/|\n)\s*${opening}`, 'i');
const openingReadOnly = new RegExp(String.raw`^\s*${opening}.*\bread\s+only\b`, 'is');
/** A comment may be what says READ ONLY. */
const unlessReadOnly = new RegExp(String.raw`${anotherBehind}|${readWrite}|--|\/\*`, 'i');
const leavingReadOnly = new RegExp(
  String.raw`${anotherBehind}|${readWrite}|\bread\s*(?:--|\/\*)|transaction_read_only|^\s*(?:begin|start|commit|end|rollback|abort|prepare)\b`,
  'i',
);
const closingFirst = new RegExp(String.raw`^\s*${closing}`, 'i');
const closingAlone = new RegExp(String.raw`^\s*${closing}[^;]*;?\s*$`, 'i');
const closingWhole = new RegExp(
  String.raw`^\s*${closing}(?!\s+(?:work\s+|transaction\s+)?to\b)(?!.*\bchain\b)`,
  'is',
);
const committingPrepared = /\bcommit\b.*\bprepared\b/is;
/** What a cursor is for; not behind comments in comments, whose end is another than it seems. */
const reading =
  /^(?:\s|\(|--[^\n]*\n|\/\*(?:(?!\/\*|\*\/).)*\*\/)*(?:select|with|values|table|fetch|copy|show|explain)\b/is;

/** Whether a text may have several statements. */
export function mayBeSeveral(text: string): boolean {
  return several.test(text);
}

/** Whether a transaction may be open behind it that was not before. */
export function mayBegin(text: string): boolean {
  return openingSomewhere.test(text);
}

/** Whether it begins a READ ONLY transaction and does nothing else. */
export function surelyBeginsReadOnly(text: string): boolean {
  return openingReadOnly.test(text) && !unlessReadOnly.test(text);
}

/** Whether a READ ONLY transaction may be another one behind it, or READ WRITE. */
export function mayLeaveReadOnly(text: string): boolean {
  return leavingReadOnly.test(text);
}

/** Whether its first statement is one that neither begins nor ends a transaction. */
export function surelyReads(text: string): boolean {
  return reading.test(text);
}

/** Whether its first word ends a transaction, or a part of one. */
export function startsWithEnd(text: string): boolean {
  return closingFirst.test(text);
}

/** Whether it does no more than end a transaction, or a part of one. */
export function surelyOnlyEnds(text: string): boolean {
  return closingAlone.test(text);
}

/** Whether no transaction is open behind its first statement: ROLLBACK TO ends a part of one, AND CHAIN begins another. */
export function surelyEndsWhole(text: string): boolean {
  return closingWhole.test(text);
}

/** Whether it may commit what was prepared before, perhaps on another connection. */
export function mayCommitPrepared(text: string): boolean {
  return committingPrepared.test(text);
}

/** Says yes too often. */
export function mayPrepare(text: string): boolean {
  return /\bprepare\b/i.test(text);
}
