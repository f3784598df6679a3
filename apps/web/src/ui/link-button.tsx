import { Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import primary from './primary-button.module.css';

/** A link that looks like a button, so that it can be opened in another tab. */
export const LinkButton = createLink((props: React.ComponentProps<typeof Button<'a'>>) => (
  <Button<'a'> component="a" {...props} />
));

/** The one primary action of a screen, where it leads to another page. */
export const PrimaryLink = createLink((props: React.ComponentProps<typeof Button<'a'>>) => (
  <Button<'a'> component="a" {...props} variant="filled" classNames={{ root: primary.root }} />
));
