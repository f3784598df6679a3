export { type Decoded, decode, type EncodeOptions, encode, mostUnpacked, type Refusal } from './encoded.ts';
export { type Guard, guarded } from './guarded.ts';
export { type DecodedStored, decodeStored, encodeStored } from './stored-entry.ts';
