import { Button } from '@mantine/core';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { isFailedLoad, isProblem } from '../lib/api-problem.ts';
import { connection } from '../lib/connection.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { useStore } from '../lib/store.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useProblemText } from '../ui/use-problem-text.ts';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { NotFoundPage } from './not-found-page.tsx';

/** Shown in place of a page that could not be loaded or broke; the shell around it stays. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const t = useMessages({ fr, en });
  const text = useProblemText();
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  const reachable = useStore(connection.store);
  const wasReachable = useRef(reachable);
  const again = useCallback(() => {
    // React keeps a part that failed to load; only a new page asks for it again.
    if (isFailedLoad(error)) return location.reload();
    queries.reset();
    reset();
    return void router.invalidate();
  }, [error, queries, reset, router]);
  // It shows by itself as soon as the server answers again.
  useEffect(() => {
    if (reachable && !wasReachable.current) again();
    wasReachable.current = reachable;
  }, [reachable, again]);

  // An address with something else in place of an id leads nowhere either.
  const oddId = isProblem(error, 'invalid_input') && error.errors.some(({ path }) => path[0] === 'id');
  if (oddId || isProblem(error, 'not_found')) return <NotFoundPage />;
  return (
    <div role="alert">
      <EmptyState whole title={t.pageFailed} action={<Button onClick={again}>{t.retry}</Button>}>
        {text(error)}
        {isProblem(error) && error.requestId && ` ${t.reference(error.requestId)}`}
      </EmptyState>
    </div>
  );
}
