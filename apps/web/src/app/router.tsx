import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { isProblem } from '../lib/api-problem.ts';
import { listSearch, parseSearch, stringifySearch } from '../lib/list-search.ts';
import { loadPart } from '../lib/load-part.ts';
import { me } from '../lib/session/me.ts';
import { organisationReads, organisationSearch } from '../organisations/organisation-search.ts';
import { organisation as organisationRead } from '../organisations/organisations.reads.ts';
import { person as personRead } from '../people/people.reads.ts';
import { personReads, personSearch } from '../people/person-search.ts';
import { Loading } from '../ui/loading.tsx';
import { ErrorPage } from './error-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { queryClient, signedOut } from './query-client.ts';
import { Root } from './root.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Root });

/** Everything below needs somebody signed in; who is not goes to sign-in and comes back to the same place. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(me());
      signedOut.set(false);
    } catch (error) {
      if (!isProblem(error, 'not_signed_in')) throw error;
      throw redirect({ to: '/sign-in', search: { next: location.href }, replace: true });
    }
  },
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/organisations', replace: true });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  // Only a place of ours: `//elsewhere` would be another site.
  validateSearch: ({ next }): { next?: string | undefined } =>
    typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {},
  component: lazyRouteComponent(() => loadPart(() => import('../sign-in/sign-in-page.tsx')), 'SignInPage'),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup/$token',
  component: lazyRouteComponent(() => loadPart(() => import('../setup/setup-page.tsx')), 'SetupPage'),
});
const join = createRoute({
  getParentRoute: () => root,
  path: '/join/$token',
  component: lazyRouteComponent(() => loadPart(() => import('../join/join-page.tsx')), 'JoinPage'),
});

const organisations = createRoute({
  getParentRoute: () => signedIn,
  path: '/organisations',
  validateSearch: organisationSearch,
  // The first rows come while the page's code does.
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.queryClient.prefetchQuery(organisationReads(deps).page(1)),
  component: lazyRouteComponent(
    () => loadPart(() => import('../organisations/organisations-list-page.tsx')),
    'OrganisationsListPage',
  ),
});
const newOrganisation = createRoute({
  getParentRoute: () => signedIn,
  path: '/organisations/new',
  validateSearch: ({ name }): { name?: string | undefined } => (typeof name === 'string' ? { name } : {}),
  component: lazyRouteComponent(
    () => loadPart(() => import('../organisations/new-organisation-page.tsx')),
    'NewOrganisationPage',
  ),
});
const organisation = createRoute({
  getParentRoute: () => signedIn,
  path: '/organisations/$id',
  loader: ({ context, params }) => context.queryClient.prefetchQuery(organisationRead(params.id)),
  component: lazyRouteComponent(
    () => loadPart(() => import('../organisations/organisation-page.tsx')),
    'OrganisationPage',
  ),
});
const people = createRoute({
  getParentRoute: () => signedIn,
  path: '/people',
  validateSearch: personSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.queryClient.prefetchQuery(personReads(deps).page(1)),
  component: lazyRouteComponent(
    () => loadPart(() => import('../people/people-list-page.tsx')),
    'PeopleListPage',
  ),
});
const newPerson = createRoute({
  getParentRoute: () => signedIn,
  path: '/people/new',
  // Under which organisation, when one comes from there.
  validateSearch: ({ organisationId }): { organisationId?: string | undefined } =>
    typeof organisationId === 'string' ? { organisationId } : {},
  component: lazyRouteComponent(
    () => loadPart(() => import('../people/new-person-page.tsx')),
    'NewPersonPage',
  ),
});
const person = createRoute({
  getParentRoute: () => signedIn,
  path: '/people/$id',
  loader: ({ context, params }) => context.queryClient.prefetchQuery(personRead(params.id)),
  component: lazyRouteComponent(() => loadPart(() => import('../people/person-page.tsx')), 'PersonPage'),
});

const bin = createRoute({
  getParentRoute: () => signedIn,
  path: '/bin',
  beforeLoad: () => {
    throw redirect({ to: '/bin/organisations', replace: true });
  },
});
const binOrganisations = createRoute({
  getParentRoute: () => signedIn,
  path: '/bin/organisations',
  validateSearch: listSearch(),
  component: lazyRouteComponent(
    () => loadPart(() => import('../bin/binned-organisations-page.tsx')),
    'BinnedOrganisationsPage',
  ),
});
const binPeople = createRoute({
  getParentRoute: () => signedIn,
  path: '/bin/people',
  validateSearch: listSearch(),
  component: lazyRouteComponent(
    () => loadPart(() => import('../bin/binned-people-page.tsx')),
    'BinnedPeoplePage',
  ),
});
const members = createRoute({
  getParentRoute: () => signedIn,
  path: '/members',
  component: lazyRouteComponent(() => loadPart(() => import('../members/members-page.tsx')), 'MembersPage'),
});
const password = createRoute({
  getParentRoute: () => signedIn,
  path: '/password',
  component: lazyRouteComponent(
    () => loadPart(() => import('../password/password-page.tsx')),
    'PasswordPage',
  ),
});

/** Inside the shell, so that the way on is in sight. */
const elsewhere = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFoundPage });

const routeTree = root.addChildren([
  home,
  signIn,
  setup,
  join,
  signedIn.addChildren([
    organisations,
    newOrganisation,
    organisation,
    people,
    newPerson,
    person,
    bin,
    binOrganisations,
    binPeople,
    members,
    password,
    elsewhere,
  ]),
]);

export const router = createRouter({
  routeTree,
  context: { queryClient },
  parseSearch,
  stringifySearch,
  // Code and data of a link come while the pointer is on its way.
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultPendingMs: 200,
  defaultPendingComponent: Loading,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
