const height = 10;
const mostColumns = 80;
/** A column of text is as high as eight of these. */
const eighths = ' ▁▂▃▄▅▆▇█';

/** Numbers from 0 up as columns of text, from the left to the right; many become fewer, each the mean of some. */
export function lineChart(numbers: readonly number[], label: (number: number) => string): string {
  const each = Math.max(1, Math.ceil(numbers.length / mostColumns));
  const columns: number[] = [];
  for (let at = 0; at < numbers.length; at += each) {
    const some = numbers.slice(at, at + each);
    columns.push(some.reduce((sum, one) => sum + one, 0) / some.length);
  }
  const top = Math.max(...columns);
  const lines = Array.from({ length: height }, (_, at) => {
    const row = height - 1 - at;
    const text = columns.map((one) => {
      const filled = Math.round((one / top) * height * 8) - row * 8;
      return eighths[Math.min(8, Math.max(0, filled))];
    });
    return `${(at === 0 ? label(top) : '').padStart(label(top).length)} ┤${text.join('')}`;
  });
  return [...lines, `${'0'.padStart(label(top).length)} └${'─'.repeat(columns.length)}`].join('\n');
}
