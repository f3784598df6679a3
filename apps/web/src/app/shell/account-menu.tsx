import { cloneElement, lazy, type ReactElement, Suspense, useState } from 'react';

const AccountMenuItems = lazy(() =>
  import('./account-menu-items.tsx').then((module) => ({ default: module.AccountMenuItems })),
);

interface AccountMenuProps {
  /** The button that opens it. */
  readonly children: ReactElement<{ onClick?: () => void; onPointerEnter?: () => void }>;
}

/** The account's menu; its code comes when the pointer nears the button, or it is pressed. */
export function AccountMenu({ children }: AccountMenuProps) {
  const [wanted, want] = useState(false);
  const [opened, open] = useState(false);
  if (!wanted) {
    return cloneElement(children, {
      onPointerEnter: () => void import('./account-menu-items.tsx'),
      onClick: () => {
        want(true);
        open(true);
      },
    });
  }
  return (
    <Suspense fallback={children}>
      <AccountMenuItems opened={opened} onChange={open}>
        {children}
      </AccountMenuItems>
    </Suspense>
  );
}
