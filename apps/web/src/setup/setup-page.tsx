import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { api } from '../lib/api.ts';
import { isProblem } from '../lib/api-problem.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { read } from '../lib/reads.ts';
import { FrontPage } from '../ui/front-page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';
import { SetupForm } from './setup-form.tsx';

const route = getRouteApi('/setup/$token');

/** The one-time address that makes the first workspace and administrator. */
export function SetupPage() {
  const t = useMessages({ fr, en });
  const { token } = route.useParams();
  const client = useQueryClient();
  const navigate = useNavigate();
  const {
    data: open,
    error,
    refetch,
  } = useQuery({ ...read('GET /api/v1/setup/:token', { params: { token } }), staleTime: 0 });

  // An address that is mistyped cannot be told from one that was used.
  if (isProblem(error, 'not_found', 'invalid_input')) {
    return (
      <FrontPage title={t.usedTitle} intro={t.used}>
        <Button component={Link} to="/sign-in" mt="sm">
          {t.signIn}
        </Button>
      </FrontPage>
    );
  }
  return (
    <FrontPage title={t.title} intro={open ? t.intro : t.checking}>
      {!open && error && (
        <ProblemNotice error={error}>
          <Button onClick={() => void refetch()}>{t.retry}</Button>
        </ProblemNotice>
      )}
      {open && (
        <SetupForm
          onSubmit={async (body) => {
            await api('POST /api/v1/setup/:token', { params: { token }, body });
            client.clear();
            await navigate({ to: '/organisations', replace: true });
          }}
        />
      )}
    </FrontPage>
  );
}
