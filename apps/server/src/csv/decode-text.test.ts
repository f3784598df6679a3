import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

async function* arriving(...pieces: readonly Uint8Array[]) {
  yield* pieces;
}

async function decoded(...pieces: readonly Uint8Array[]): Promise<string> {
  let all = '';
  for await (const text of decodeText(arriving(...pieces))) all += text;
  return all;
}

/** Signs of Windows-1252 that stand elsewhere in Unicode. */
const windows1252 = new Map([
  ['€', 0x80],
  ['…', 0x85],
  ['Œ', 0x8c],
  ['’', 0x92],
  ['–', 0x96],
  ['œ', 0x9c],
]);

function asWindows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (sign) => windows1252.get(sign) ?? sign.charCodeAt(0));
}

describe('without a byte order mark', () => {
  it('takes bytes that are not UTF-8 for Windows-1252', async () => {
    const text = 'Nom;Note\r\nÉric;œuf à 3 € – l’été…\r\n';
    expect(await decoded(asWindows1252(text))).toBe(text);
  });

  it('takes UTF-8 wherever its first accent stands', async () => {
    for (const before of [0, 100, 65_535, 65_536, 1_048_575, 1_500_000]) {
      const text = `${'a'.repeat(before)}é€😀${'b'.repeat(100_000)}`;
      expect({ before, same: (await decoded(Buffer.from(text))) === text }).toEqual({ before, same: true });
    }
  });

  it('takes Windows-1252 wherever its first accent stands', async () => {
    for (const before of [0, 100, 65_535, 65_536, 1_048_575, 1_500_000]) {
      const text = `${'a'.repeat(before)}é${'b'.repeat(100_000)}€`;
      expect({ before, same: (await decoded(asWindows1252(text))) === text }).toEqual({ before, same: true });
    }
  });

  it('is not misled by accents that look like UTF-8 when others do not', async () => {
    // É and a no-break space are C9 A0, which is a letter in UTF-8.
    const text = `« CAFÉ\u00A0»${' '.repeat(200_000)}thé`;
    expect(await decoded(asWindows1252(text))).toBe(text);
  });

  it('knows UTF-16 by its zero bytes, also when most letters have none', async () => {
    const text = 'Имя;Город\r\nАнна;Москва\r\nБорис;Казань\r\n12;34\r\n;;;;;;;;\r\n';
    expect(await decoded(Buffer.from(text, 'utf16le'))).toBe(text);
    expect(await decoded(Buffer.from(text, 'utf16le').swap16())).toBe(text);
  });
});

describe('a byte order mark', () => {
  it('is left out once and kept inside the text', async () => {
    // 64 KiB in UTF-8 and in UTF-16, so that the second one begins a piece.
    const text = `${'é'.repeat(32_768)}\uFEFF${'a'.repeat(32_767)}\uFEFF`;
    expect(await decoded(Buffer.from(`\uFEFF${text}`))).toBe(text);
    expect(await decoded(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toBe(text);
    expect(await decoded(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16())).toBe(text);
  });
});

describe('bytes that are no text', () => {
  it('are reported with their line, after the text before them', async () => {
    // Ten bytes a row and ten beginnings: some edge of 64 KiB falls between a CR and its LF.
    const goods = Array.from({ length: 10 }, (_, at) => 'x'.repeat(at)).flatMap((start) =>
      ['\n', '\r\n', '\r'].map((end) => `${start}${`12345678${end}`.repeat(20_000)}ok`),
    );
    for (const good of goods) {
      let read = '';
      const reading = (async () => {
        for await (const text of decodeText(
          arriving(Buffer.from(`\uFEFF${good}`), Uint8Array.of(0xff, 0x41)),
        )) {
          read += text;
        }
      })();
      await expect(reading).rejects.toMatchObject({
        problem: { code: 'invalid_encoding', encoding: 'utf-8', line: 20_001 },
      });
      expect(read === good).toBe(true);
    }
  });

  it('beyond the first MiB of UTF-8 are a fault, not another encoding', async () => {
    const bytes = Buffer.concat([Buffer.from(`é${'a\n'.repeat(700_000)}`), asWindows1252('thé\n')]);
    await expect(decoded(bytes)).rejects.toMatchObject({
      problem: { code: 'invalid_encoding', encoding: 'utf-8', line: 700_001 },
    });
  });
});

it('gives the same text however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .string({ unit: 'grapheme', minLength: 1 })
        .filter((text) => !text.includes('\0') && !text.startsWith('\uFEFF')),
      fc.array(fc.nat(200)),
      fc.constantFrom('utf8' as const, 'utf16le' as const),
      async (text, cuts, encoding) => {
        const bytes = Buffer.from(`\uFEFF${text}`, encoding);
        const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const pieces = edges.slice(1).map((edge, at) => bytes.subarray(edges[at], edge));
        expect(await decoded(...pieces)).toBe(text);
      },
    ),
  );
});

it('keeps the two halves of a character together over the edge of a piece', async () => {
  const text = `${'a'.repeat(32_767)}😀${'b'.repeat(32_766)}😀`;
  expect((await decoded(Buffer.from(text, 'utf16le'))) === text).toBe(true);
  expect((await decoded(Buffer.from(text, 'utf16le').swap16())) === text).toBe(true);
});

it('closes its source when nobody reads on', async () => {
  let closed = false;
  async function* endless() {
    try {
      for (;;) yield Buffer.alloc(65_536, 'a');
    } finally {
      closed = true;
    }
  }
  for await (const _ of decodeText(endless())) break;
  expect(closed).toBe(true);
});
