import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useMessages } from '../lib/language/use-messages.ts';
import classes from './dialog.module.css';
import { en } from './messages.en.ts';
import { fr } from './messages.fr.ts';

interface Props {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly size?: number;
  readonly children: ReactNode;
}

/** A dialog in Vif's look. Load it on demand: it brings focus trap, scroll lock and portal along. */
export function Dialog({ title, opened, onClose, size = 440, children }: Props) {
  const t = useMessages({ fr, en });
  const narrow = useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false });
  return (
    <Modal
      title={title}
      opened={opened}
      onClose={onClose}
      size={size}
      yOffset={narrow ? 16 : '12vh'}
      closeButtonProps={{ 'aria-label': t.close }}
      classNames={{ title: classes.title, content: classes.content, header: classes.header }}
    >
      <div className={classes.body}>{children}</div>
    </Modal>
  );
}

/** The dialog's buttons, the one that acts last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={classes.actions}>{children}</div>;
}
