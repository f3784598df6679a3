import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Comment, parseSync, type TSAsExpression, Visitor } from 'oxc-parser';
import type { CheckResult } from './check-result.ts';
import { sourceFiles } from './source-files.ts';

/** `x as T` silences the compiler, so a comment beside it must say why it is true. `as const` is free. */
export function assertions(root: string): CheckResult {
  const files = sourceFiles(root);
  const problems = files.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    return uncommentedAssertions(file, source).map(
      (line) => `${file}:${line}: \`as\` without a comment that says why it is true`,
    );
  });
  return { problems, read: files.length };
}

/** The lines of assertions that have no comment on a line of their statement or on the line before it. */
function uncommentedAssertions(file: string, source: string): number[] {
  const { program, comments } = parseSync(file, source);
  const lineAt = (offset: number) => source.slice(0, offset).split('\n').length;
  const commented = new Set(
    comments.flatMap((comment: Comment) => [lineAt(comment.start), lineAt(comment.end)]),
  );
  const lines: number[] = [];
  const judge = (node: TSAsExpression) => {
    if (source.slice(node.typeAnnotation.start, node.typeAnnotation.end) === 'const') return;
    const first = lineAt(node.start);
    const last = lineAt(node.end);
    for (let line = first - 1; line <= last; line++) if (commented.has(line)) return;
    lines.push(last);
  };
  new Visitor({ TSAsExpression: judge }).visit(program);
  return lines;
}
