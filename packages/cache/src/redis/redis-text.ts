/**
 * Text as Redis is sent it: different for different text. UTF-8 has no bytes for half a surrogate pair and every such half
 * would become U+FFFD, so text with one is written in bytes that UTF-8 gives to nothing else (as WTF-8 does).
 * Text that begins with other text has bytes that begin with its bytes, unless that ends in the middle of a pair.
 */
export function redisText(text: string): string | Buffer {
  if (text.isWellFormed()) return text;
  const parts: Buffer[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const half = code >= 0xd800 && code <= 0xdfff;
    parts.push(
      half ? Buffer.of(0xed, 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)) : Buffer.from(character),
    );
  }
  return Buffer.concat(parts);
}
