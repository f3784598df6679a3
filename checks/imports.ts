import { parseSync, Visitor } from 'oxc-parser';

/** One module specifier in a file, as written. */
export interface Import {
  specifier: string;
  line: number;
  /** Erased before the program runs (`import type`, `export type … from`, `import('x').T`). */
  isType: boolean;
  /** `import()` as an expression: loaded when asked for, not with the file. */
  isDynamic: boolean;
}

/**
 * Reads what a TypeScript file imports, re-exports and loads on demand, with a real parser, so that
 * comments, strings and types never look like imports. Throws when the file doesn't parse.
 */
export function importsOf(file: string, source: string): Import[] {
  const { program, errors } = parseSync(file, source);
  const [error] = errors;
  if (error) throw new Error(`${file}: ${error.message}`);

  const imports: Import[] = [];
  const add = (specifier: string, start: number, kind: { isType?: boolean; isDynamic?: boolean }) => {
    const line = source.slice(0, start).split('\n').length;
    imports.push({ specifier, line, isType: false, isDynamic: false, ...kind });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source.value, node.start, { isType: node.importKind === 'type' }),
    ExportAllDeclaration: (node) =>
      add(node.source.value, node.start, { isType: node.exportKind === 'type' }),
    ExportNamedDeclaration: (node) => {
      if (node.source) add(node.source.value, node.start, { isType: node.exportKind === 'type' });
    },
    ImportExpression: (node) => {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string') {
        add(node.source.value, node.start, { isDynamic: true });
      }
    },
    TSImportType: (node) => add(node.source.value, node.start, { isType: true }),
  }).visit(program);
  return imports;
}
