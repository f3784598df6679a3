import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, isProblem, NetworkProblem } from '../lib/api-problem.ts';
import { connection } from '../lib/connection.ts';
import { createStore } from '../lib/store.ts';

const minute = 60_000;

/** Turns true when a request is told that nobody is signed in (any more). */
export const signedOut = createStore(false);

function onError(error: unknown): void {
  if (isProblem(error, 'not_signed_in')) signedOut.set(true);
}

function onQueryError(error: unknown): void {
  onError(error);
  // Another tab switched: nothing that is on this page belongs to the workspace one is in now.
  if (isProblem(error, 'workspace_changed')) location.reload();
}

/** What is worth asking again: no answer, or a server that is starting or waits for its database. */
function passes(error: unknown): boolean {
  return error instanceof NetworkProblem || (error instanceof ApiProblem && error.status === 503);
}

/** The one cache of what was read: nothing is asked twice within five minutes unless a write changed it. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: onQueryError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 5 * minute,
      gcTime: 10 * minute,
      refetchOnWindowFocus: false,
      // Vif may run on this machine, without any network: only a request tells whether it answers.
      networkMode: 'always',
      retry: (failures, error) => passes(error) && failures < 3,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

// What could not be read while the server did not answer comes by itself once it does.
connection.store.subscribe(() => {
  if (!connection.store.get()) return;
  void queryClient.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
});
