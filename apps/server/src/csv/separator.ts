import { parse } from 'csv-parse/sync';
import { dialect } from './parse-rows.ts';

/** The usual ones; the later of two equally good ones loses, and a comma is the likeliest to stand in prose and numbers. */
const usual = ['\t', ';', '|', ','] as const;
/** Taken only when none of the usual ones separates the header and these do so in every row. */
const unusual = ['!', '^', '~', '\u001F'] as const;

const sampledRows = 50;
/** Rows that are looked at for them, those of empty cells included: reading one costs more than its length tells. */
const longestLook = 1000;

/**
 * The character between the cells of a CSV text, judged by its header and first rows with quotes respected: the
 * one that makes most rows as wide as the header, then the one that makes most columns. `ended` says that the
 * text is the whole file and not its start.
 *
 * `findSeparator('Nom;CA\nDupont;1,5', true)` is `;`.
 */
export function findSeparator(text: string, ended: boolean): string {
  const sample = withoutBlankLines(text);
  const shapes = usual.map((separator) => shapeUnder(separator, sample, ended));
  const wide = shapes.filter(({ columns }) => columns > 1);
  if (wide.length > 0) return best(wide).separator;
  const others = unusual.map((separator) => shapeUnder(separator, sample, ended));
  const sound = others.filter(({ columns, rows, even }) => columns > 1 && rows > 0 && even === rows);
  // One column: the separator that occurs least in its cells.
  return best(sound.length > 0 ? sound : shapes).separator;
}

/** 100,000 blank lines, each a row to the parser under each separator, took 9 s. In quotes they do not count either. */
function withoutBlankLines(text: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.filter((line, at) => line.trim() !== '' || at === lines.length - 1).join('\n');
}

type Shape = {
  readonly separator: string;
  readonly columns: number;
  readonly rows: number;
  /** Rows as wide as the header. */
  readonly even: number;
};

function shapeUnder(separator: string, text: string, ended: boolean): Shape {
  const widths: number[] = [];
  let looked = 0;
  try {
    parse(text, {
      ...dialect,
      delimiter: separator,
      on_record: (cells: string[]) => {
        if (cells.some((cell) => cell.trim() !== '')) widths.push(cells.length);
        if (widths.length === sampledRows || ++looked === longestLook) throw new Error('seen enough');
        return null;
      },
    });
  } catch {
    // Enough rows, or a quotation mark that closes after the sample; the rows before it count.
  }
  if (!ended && widths.length > 2 && widths.length < sampledRows) widths.pop();
  const columns = widths[0] ?? 0;
  const rows = Math.max(0, widths.length - 1);
  return { separator, columns, rows, even: widths.filter((width) => width === columns).length - 1 };
}

function best(shapes: readonly Shape[]): Shape {
  const [first, ...rest] = shapes.map((shape) => ({ shape, grade: grade(shape) }));
  if (!first) throw new Error('nothing to choose from');
  const better = (a: typeof first, b: typeof first) =>
    b.grade > a.grade || (b.grade === a.grade && b.shape.columns > a.shape.columns) ? b : a;
  return rest.reduce(better, first).shape;
}

/** Nearly all rows even, most rows, or neither: a few ragged rows must not decide against the right one. */
function grade({ rows, even }: Shape): number {
  const share = rows === 0 ? 1 : even / rows;
  return share >= 0.9 ? 2 : share >= 0.5 ? 1 : 0;
}
