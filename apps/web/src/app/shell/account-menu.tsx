import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';

const AccountPanel = lazy(() =>
  import('./account-panel.tsx').then((module) => ({ default: module.AccountPanel })),
);

interface AccountMenuProps {
  readonly className: string | undefined;
  /** What stands on the button. */
  readonly children: ReactNode;
}

/** The button of the account's panel, whose code comes when the pointer nears it or it is pressed. */
export function AccountMenu({ className, children }: AccountMenuProps) {
  const [wanted, want] = useState(false);
  const [opened, open] = useState(false);
  const element = useRef<HTMLButtonElement>(null);
  const button = (
    <button
      ref={element}
      type="button"
      className={className}
      onPointerEnter={() => void import('./account-panel.tsx')}
      onClick={() => {
        want(true);
        open(!opened);
      }}
    >
      {children}
    </button>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <AccountPanel
        opened={opened}
        onChange={(next) => {
          open(next);
          // The panel came with its code, after the press: it cannot know where the focus was.
          if (!next) element.current?.focus();
        }}
      >
        {button}
      </AccountPanel>
    </Suspense>
  );
}
