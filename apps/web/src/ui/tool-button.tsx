import type { ComponentPropsWithRef } from 'react';
import classes from './tool-button.module.css';

/** A quiet button of a bar: filters, columns, display. */
export function ToolButton(props: ComponentPropsWithRef<'button'>) {
  return <button type="button" {...props} className={classes.tool} />;
}
