import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, type Data } from '../api.ts';
import { workspaceShown } from './workspace.ts';

export type Me = Data<'GET /api/v1/me'>;

/** Who is signed in, where and as what. */
export const me = () =>
  queryOptions({
    queryKey: ['me'],
    queryFn: async ({ signal }) => {
      const { data } = await api('GET /api/v1/me', { signal });
      // Another tab switched: what this one shows and holds in its forms belongs to the workspace before.
      if (workspaceShown.isAnother(data.workspace.id)) location.reload();
      workspaceShown.enter(data.workspace.id);
      return data;
    },
  });

/** Who is signed in; below the signed-in layout it is always there. */
export function useMe(): Me {
  return useSuspenseQuery(me()).data;
}
