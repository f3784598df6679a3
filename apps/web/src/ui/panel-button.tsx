import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';

const Panel = lazy(() => import('./panel.tsx').then((module) => ({ default: module.Panel })));

/** What is in a panel; it may close it. */
export interface PanelContentProps {
  readonly close: () => void;
}

interface PanelButtonProps {
  /** What the panel is called, to screen readers. */
  readonly name: string;
  readonly width: number;
  /** At which end of the button the panel begins. */
  readonly side?: 'start' | 'end';
  readonly className: string | undefined;
  /** What stands on the button. */
  readonly label: ReactNode;
  /** What is in the panel; a lazy component, so that it is loaded with it. */
  readonly children: (close: () => void) => ReactNode;
  /** Fetches the content before it is pressed, when the pointer nears. */
  readonly preload: () => Promise<unknown>;
}

/** A button with a panel under it; the panel and what is in it are loaded when they are wanted. */
export function PanelButton(props: PanelButtonProps) {
  const { name, width, side = 'start', className, label, preload, children } = props;
  const [wanted, want] = useState(false);
  const [opened, open] = useState(false);
  const element = useRef<HTMLButtonElement>(null);
  const button = (
    <button
      ref={element}
      type="button"
      className={className}
      aria-haspopup="dialog"
      aria-expanded={opened}
      onPointerEnter={() => void Promise.all([preload(), import('./panel.tsx')]).catch(() => undefined)}
      onClick={() => {
        want(true);
        open(!opened);
      }}
    >
      {label}
    </button>
  );
  // The panel came with its code, after the press: it cannot know where the focus was.
  useEffect(() => {
    if (wanted && !opened) element.current?.focus();
  }, [wanted, opened]);

  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <Panel opened={opened} onChange={open} target={button} name={name} width={width} side={side}>
        {children(() => open(false))}
      </Panel>
    </Suspense>
  );
}
