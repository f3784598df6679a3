import { ApiProblem, isFailedLoad, NetworkProblem } from '../lib/api-problem.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

/** What an error says to the person: the server's own sentence, or ours where it gave none. */
export function useProblemText(): (error: unknown) => string {
  const t = useMessages({ fr, en });
  return (error) => {
    if (error instanceof NetworkProblem || isFailedLoad(error)) return t.noAnswer;
    if (error instanceof ApiProblem) return error.title ? `${error.title}. ${error.message}` : error.message;
    return t.unexpected;
  };
}
