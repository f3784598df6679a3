import { NetworkProblem } from './api-problem.ts';
import { connection } from './connection.ts';

/**
 * Loads a part of the app. Where it cannot be had because the server does not answer, that is what is thrown:
 * the router takes any other failure for a new release and reloads the page, which without a server would be
 * the end of it.
 * @throws {NetworkProblem} while the server does not answer; otherwise what the browser says
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (cause) {
    const answers = await fetch('/health').then(
      () => true,
      () => false,
    );
    if (answers) throw cause;
    connection.lost();
    throw new NetworkProblem(cause);
  }
}
