import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardFormula, unguardFormula } from './formula-guard.ts';

describe('guardFormula', () => {
  it('puts an apostrophe before what a spreadsheet would run', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
      expect(guardFormula(`${start}cmd|' /C calc'!A0`)).toBe(`'${start}cmd|' /C calc'!A0`);
    }
  });

  it('leaves other cells alone', () => {
    for (const cell of ['', 'a=b', "l'été", "'tis", '12', ' =1']) expect(guardFormula(cell)).toBe(cell);
  });
});

describe('unguardFormula', () => {
  it('gives every cell back as it was, guarded once or more', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom("'", '=', '+', 'a', '\t', '＝')).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(cell, (text) => {
        expect(unguardFormula(guardFormula(text))).toBe(text);
        expect(unguardFormula(unguardFormula(guardFormula(guardFormula(text))))).toBe(text);
      }),
    );
  });

  it('takes off the apostrophe a person typed to keep a number as text', () => {
    expect(unguardFormula("'+33 2 99 00 00 00")).toBe('+33 2 99 00 00 00');
    expect(unguardFormula("'35000")).toBe("'35000");
  });
});
