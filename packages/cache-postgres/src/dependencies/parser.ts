import { loadModule, type ParseResult, parseSync } from 'libpg-query';
import { Refusal, refuse } from './refusal.ts';

/** The parser was broken by a statement before, and is being made anew: what is refused now may be understood later. */
export class ParserAway extends Refusal {}

type Parse = (text: string) => ParseResult;

/** Characters. Longer statements are few, and deeper ones than PostgreSQL's own limit may break the parser. */
const longest = 10_000;

await loadModule();
let parser: Parse | undefined = parseSync;
let made = 0;

/**
 * Reads a text with PostgreSQL's own parser. One that is nested deeper than the stack leaves WebAssembly's stack pointer where
 * it was, so that every later text would fail: then another instance is made.
 * @throws {Refusal} when it is no SQL that the parser's version knows, or too long
 * @throws {ParserAway}
 */
export function parseText(text: string): ParseResult {
  if (text.length > longest) return refuse('it is longer than is read');
  if (text.trim() === '') return refuse('it is not one statement');
  if (!parser) throw new ParserAway('the parser is being made anew');
  try {
    return parser(text);
  } catch (error) {
    if (error instanceof Error && error.name === 'SqlError')
      return refuse(`it is not understood: ${error.message}`);
    parser = undefined;
    void renew();
    return refuse('it is nested deeper than is read');
  }
}

/** Modules are told apart by their whole address, so each makes an instance of its own. */
async function renew(): Promise<void> {
  const address = `${import.meta.resolve('libpg-query')}?${++made}`;
  const fresh = (await import(/* @vite-ignore */ address)) as {
    loadModule: typeof loadModule;
    parseSync: Parse;
  }; // the same module again
  await fresh.loadModule();
  parser = fresh.parseSync;
}
