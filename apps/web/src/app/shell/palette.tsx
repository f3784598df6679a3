import { Modal } from '@mantine/core';
import type { DialogProps } from '../../ui/dialogs.tsx';

export function Palette({ opened, close }: DialogProps<undefined>) {
  return <Modal opened={opened} onClose={close} />;
}
