import { type ReactNode, useEffect } from 'react';
import classes from './page.module.css';

interface PageProps {
  readonly title: string;
  /** Over the title: where the page belongs. */
  readonly above?: ReactNode;
  /** Beside the title, quietly: a count, a badge. */
  readonly aside?: ReactNode;
  /** At the right: the page's one primary action last. */
  readonly actions?: ReactNode;
  /** `list` fills the height and scrolls inside; `text` is a readable column; `wide` uses the width. */
  readonly layout?: 'list' | 'text' | 'wide';
  readonly children: ReactNode;
}

/** A page under the shell: its title (of the document too), its actions and its content. */
export function Page({ title, above, aside, actions, layout = 'wide', children }: PageProps) {
  usePageTitle(title);
  return (
    <div className={classes.page} data-layout={layout}>
      <header className={classes.header}>
        <div className={classes.heading}>
          {above}
          <div className={classes.line}>
            <h1>{title}</h1>
            {aside && <div className={classes.aside}>{aside}</div>}
          </div>
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.body}>{children}</div>
    </div>
  );
}

/** Names the document, which screen readers and the browser's history read. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Vif` : 'Vif';
  }, [title]);
}
