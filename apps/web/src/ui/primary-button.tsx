import { Button, type ButtonProps, type ElementProps } from '@mantine/core';
import classes from './primary-button.module.css';

interface PrimaryButtonProps extends ButtonProps, ElementProps<'button', keyof ButtonProps> {}

/** The one primary action of a screen; the only filled vermilion there is. */
export function PrimaryButton(props: PrimaryButtonProps) {
  return <Button {...props} variant="filled" classNames={{ root: classes.root }} />;
}
