import type { ReactNode } from 'react';
import { language, languages, useLanguage } from '../lib/language/language.ts';
import classes from './front-page.module.css';
import { Mark } from './mark.tsx';
import { usePageTitle } from './page.tsx';

const names = { fr: 'Français', en: 'English' };

interface FrontPageProps {
  readonly title: string;
  /** What this is, in a sentence. */
  readonly intro?: ReactNode;
  readonly children?: ReactNode;
}

/** A page before one is signed in: the mark, one thing to do, and the language to do it in. */
export function FrontPage({ title, intro, children }: FrontPageProps) {
  usePageTitle(title);
  const spoken = useLanguage();
  return (
    <div className={classes.page}>
      <main className={classes.main}>
        <Mark size={40} />
        <h1>{title}</h1>
        {intro && <p className={classes.intro}>{intro}</p>}
        {children}
      </main>
      <footer className={classes.foot}>
        {languages.map((one) => (
          <button
            key={one}
            type="button"
            lang={one}
            aria-pressed={one === spoken}
            onClick={() => language.choose(one)}
          >
            {names[one]}
          </button>
        ))}
      </footer>
    </div>
  );
}
