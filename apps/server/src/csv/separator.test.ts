import { describe, expect, it } from 'vitest';
import { findSeparator } from './separator.ts';

const cases: Record<string, [separator: string, text: string]> = {
  comma: [',', 'a,b,c\n1,2,3\n'],
  'French Excel with decimal commas': [';', 'Nom;CA\nDupont;1,5\nMartin;2,5\n'],
  'French Excel with a comma in the header and in each row': [
    ';',
    'Nom;Adresse, ville;CP\nA;1 rue, X;1\nB;2 rue, Y;2\n',
  ],
  'a tie, in which the comma is likelier prose': [';', 'Nom;CA, k€\nA;1,5\nB;2,5\n'],
  tab: ['\t', 'a\tb, c\n1, 2\t3, 4\n'],
  bar: ['|', 'a|b\n1, 2|3\n'],
  'separators in quotes do not count': [',', '"a;x;y",b\n"1;2;3",2\n"4;5;6",2\n'],
  'line breaks in quotes do not end a row': [';', 'a;b;c\n"1,\n2,\n3";2;3\n"4";5;6\n'],
  'a few ragged rows do not decide': [';', `a;b;c,d\n${'1;2;3,4\n'.repeat(20)}1;2,9\n`],
  'the wider of two that are even': [',', 'id,name;alias,city\n1,a;b,x\n2,c;d,y\n'],
  'one that is even over a wider one that is not': [';', 'a, b, c;d\nx;1\ny;2\nz, z;3\n'],
  'a header alone': [';', 'Nom;Ville'],
  'an unusual one that fits every row': ['!', 'a!b!c\n1!2!3\n4!5!6\n'],
  'blank rows first': [';', '\n  \nNom;Ville\nA;B\n'],
};

describe('findSeparator', () => {
  it.each(Object.entries(cases))('%s', (_, [separator, text]) => {
    expect(findSeparator(text, true)).toBe(separator);
    // The last row may be cut off where only the start of a file is known.
    expect(findSeparator(`${text}\n"cut of`, false)).toBe(separator);
  });

  it('judges nothing by a row that may be cut off', () => {
    const text = 'a,b,c;d\n1,2,3;4\n5,6;7';
    expect(findSeparator(text, false)).toBe(',');
    expect(findSeparator(text, true)).toBe(';');
  });

  it('takes no unusual one on the word of the header alone, nor when a row has none', () => {
    expect(findSeparator('Wow!Nice\n', true)).not.toBe('!');
    expect(findSeparator('Wow!Nice\nfine\n', true)).not.toBe('!');
  });

  it('splits no cell of a file with one column', () => {
    const text = 'Nom\nDurand, SA\nMartin, fils et Cie\n';
    expect(text).not.toContain(findSeparator(text, true));
  });
});
