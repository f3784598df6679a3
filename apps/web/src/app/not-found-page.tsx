import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMessages } from '../lib/language/use-messages.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { usePageTitle } from '../ui/page.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

/** An address that leads nowhere, or to something that was deleted for good or never was one's to see. */
export function NotFoundPage() {
  const t = useMessages({ fr, en });
  usePageTitle(t.notFound);
  return (
    <EmptyState
      whole
      title={t.notFound}
      action={
        <Button component={Link} to="/organisations">
          {t.goHome}
        </Button>
      }
    >
      {t.notFoundHint}
    </EmptyState>
  );
}
