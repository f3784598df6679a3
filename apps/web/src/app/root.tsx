import { Outlet } from '@tanstack/react-router';
import { DialogHost } from '../ui/dialogs.tsx';

/** What every page is in. Dialogs are below the router, for they lead to pages. */
export function Root() {
  return (
    <>
      <Outlet />
      <DialogHost />
    </>
  );
}
