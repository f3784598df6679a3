import { Link, type LinkProps } from '@tanstack/react-router';
import classes from './record-table.module.css';
import { useRowTabIndex } from './row-tab-index.ts';

/** A link in a cell to another record than the row's. */
export function CellLink(props: Pick<LinkProps, 'to' | 'params' | 'search' | 'children'>) {
  return <Link {...props} className={classes.cellLink} tabIndex={useRowTabIndex()} />;
}
