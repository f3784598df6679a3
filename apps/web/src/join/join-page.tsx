import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { isProblem } from '../lib/api-problem.ts';
import { useMessages } from '../lib/language/use-messages.ts';
import { read } from '../lib/reads.ts';
import { FrontPage } from '../ui/front-page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { JoinForm } from './join-form.tsx';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

const route = getRouteApi('/join/$token');

/** Where an invitation's link leads. */
export function JoinPage() {
  const t = useMessages({ fr, en });
  const { token } = route.useParams();
  const asked = useQuery({ ...read('GET /api/v1/invitations/:token', { params: { token } }), staleTime: 0 });
  const { data: invitation, error } = asked;

  if (isProblem(error, 'not_found', 'invalid_input')) {
    return (
      <FrontPage title={t.invalidTitle} intro={t.invalid}>
        <Button component={Link} to="/sign-in" mt="sm">
          {t.signIn}
        </Button>
      </FrontPage>
    );
  }
  if (!invitation) {
    return (
      <FrontPage title={t.invitation} intro={error ? undefined : t.checking}>
        {error && (
          <ProblemNotice error={error}>
            <Button onClick={() => void asked.refetch()}>{t.retry}</Button>
          </ProblemNotice>
        )}
      </FrontPage>
    );
  }
  const { email, workspace, hasAccount } = invitation;
  return (
    <FrontPage title={t.title(workspace)} intro={hasAccount ? t.known(email) : t.newcomer(email)}>
      <JoinForm token={token} email={email} hasAccount={hasAccount} />
    </FrontPage>
  );
}
