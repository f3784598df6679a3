import { Popover } from '@mantine/core';
import { type ReactElement, type ReactNode, Suspense, useEffect, useRef } from 'react';
import classes from './panel.module.css';

interface PanelProps {
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
  readonly target: ReactElement;
  readonly name: string;
  readonly width: number;
  readonly side: 'start' | 'end';
  readonly children: ReactNode;
}

/** See PanelButton. */
export function Panel({ opened, onChange, target, name, width, side, children }: PanelProps) {
  return (
    <Popover opened={opened} onChange={onChange} width={width} position={`bottom-${side}`} trapFocus>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown aria-label={name} className={classes.panel}>
        <Suspense>
          <Content>{children}</Content>
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Takes the focus when it comes: Mantine looks for where to put it once, which may be before. */
function Content({ children }: { children: ReactNode }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const here = element.current;
    if (!here || here.contains(document.activeElement)) return;
    const first =
      here.querySelector<HTMLElement>('[data-autofocus]') ??
      here.querySelector<HTMLElement>('a, button, input, select');
    first?.focus();
  }, []);
  return <div ref={element}>{children}</div>;
}
