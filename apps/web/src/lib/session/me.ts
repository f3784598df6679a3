import { useSuspenseQuery } from '@tanstack/react-query';
import type { Data } from '../api.ts';
import { read } from '../reads.ts';

export type Me = Data<'GET /api/v1/me'>;

/** Who is signed in, where and as what. */
export const me = () => read('GET /api/v1/me', {});

/** Who is signed in; below the signed-in layout it is always there. */
export function useMe(): Me {
  return useSuspenseQuery(me()).data;
}
