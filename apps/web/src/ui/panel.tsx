import { Popover } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
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
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}
