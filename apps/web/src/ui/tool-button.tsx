import type { ComponentPropsWithRef } from 'react';
import classes from './tool-button.module.css';

/** The look of a quiet button of a bar: filters, columns, display. */
export const toolButton = classes['tool'];

/** A quiet button of a bar. */
export function ToolButton(props: ComponentPropsWithRef<'button'>) {
  return <button type="button" {...props} className={toolButton} />;
}
