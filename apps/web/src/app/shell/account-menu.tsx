import { cloneElement, lazy, type ReactElement, Suspense, useState } from 'react';

const AccountPanel = lazy(() =>
  import('./account-panel.tsx').then((module) => ({ default: module.AccountPanel })),
);

interface AccountMenuProps {
  /** The button that opens it. */
  readonly children: ReactElement<{ onClick?: () => void; onPointerEnter?: () => void }>;
}

/** The account's menu; its code comes when the pointer nears the button, or it is pressed. */
export function AccountMenu({ children }: AccountMenuProps) {
  const [wanted, want] = useState(false);
  const [opened, open] = useState(false);
  const button = cloneElement(children, {
    onPointerEnter: () => void import('./account-panel.tsx'),
    onClick: () => {
      want(true);
      open(!opened);
    },
  });
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <AccountPanel opened={opened} onChange={open}>
        {button}
      </AccountPanel>
    </Suspense>
  );
}
