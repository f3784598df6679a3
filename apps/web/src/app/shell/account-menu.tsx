import { cloneElement, lazy, type ReactElement, type Ref, Suspense, useRef, useState } from 'react';

const AccountPanel = lazy(() =>
  import('./account-panel.tsx').then((module) => ({ default: module.AccountPanel })),
);

interface AccountMenuProps {
  /** The button that opens it. */
  readonly children: ReactElement<{
    ref?: Ref<HTMLButtonElement>;
    onClick?: () => void;
    onPointerEnter?: () => void;
  }>;
}

/** The account's menu; its code comes when the pointer nears the button, or it is pressed. */
export function AccountMenu({ children }: AccountMenuProps) {
  const [wanted, want] = useState(false);
  const [opened, open] = useState(false);
  const element = useRef<HTMLButtonElement>(null);
  const button = cloneElement(children, {
    ref: element,
    onPointerEnter: () => void import('./account-panel.tsx'),
    onClick: () => {
      want(true);
      open(!opened);
    },
  });
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
