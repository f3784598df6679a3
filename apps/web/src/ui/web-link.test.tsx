import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { WebLink } from './web-link.tsx';

it('links to the web, in a tab of its own that learns nothing of Vif', () => {
  expect(renderToStaticMarkup(<WebLink address="https://www.vif.example/" />)).toBe(
    '<a href="https://www.vif.example/" target="_blank" rel="noopener noreferrer nofollow">vif.example</a>',
  );
});

it.each(['javascript:alert(1)', 'data:text/html,<b>', ' javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'vif'])(
  'shows %j as plain text',
  (address) => {
    expect(renderToStaticMarkup(<WebLink address={address} />)).not.toContain('<a');
  },
);

it('escapes what an address is shown as', () => {
  const shown = renderToStaticMarkup(<WebLink address={'https://vif.example/"><script>alert(1)</script>'} />);
  expect(shown).not.toContain('<script>');
});
