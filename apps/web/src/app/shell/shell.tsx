import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { followChanges } from '../../lib/changes/follow-changes.ts';
import { useMessages } from '../../lib/language/use-messages.ts';
import { useStore } from '../../lib/store.ts';
import { en } from '../messages.en.ts';
import { fr } from '../messages.fr.ts';
import { signedOut } from '../query-client.ts';
import { ConnectionNotice } from './connection-notice.tsx';
import { Navigation } from './navigation.tsx';
import { usePaletteKey } from './open-palette.ts';
import classes from './shell.module.css';

/** What is around every page of who is signed in: the way to the pages, the account, the palette. */
export function Shell() {
  const t = useMessages({ fr, en });
  const main = useRef<HTMLElement>(null);
  useSignInAgain();
  useChanges();
  usePaletteKey();
  useFocusOnNewPage(main);
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t.skip}
      </a>
      <Navigation />
      <main id="content" ref={main} tabIndex={-1} className={classes.main} data-scroll-restoration-id="main">
        <ConnectionNotice />
        <Outlet />
      </main>
    </div>
  );
}

/** While somebody is signed in, what others change appears by itself. */
function useChanges(): void {
  const client = useQueryClient();
  useEffect(() => followChanges(client), [client]);
}

/** A session that ended on the server leads to sign-in, and back to the same place. */
function useSignInAgain(): void {
  const ended = useStore(signedOut);
  const router = useRouter();
  useEffect(() => {
    if (!ended) return;
    const { href } = router.latestLocation;
    if (!href.startsWith('/sign-in')) void router.navigate({ to: '/sign-in', search: { next: href } });
  }, [ended, router]);
}

/**
 * The link that was followed is gone with its page; without this the keyboard would start at the top again,
 * which is where it belongs on the first page only.
 */
function useFocusOnNewPage(main: React.RefObject<HTMLElement | null>): void {
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
  }, [pathname, main]);
}
