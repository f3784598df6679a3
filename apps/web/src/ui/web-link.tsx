/** A web address as a link: only where it is one of the web, never `javascript:`; the site learns nothing of Vif. */
export function WebLink({ address }: { address: string }) {
  const url = URL.parse(address);
  const shown = address.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
  if (!url || !/^https?:$/.test(url.protocol)) return address;
  return (
    <a href={url.href} target="_blank" rel="noopener noreferrer nofollow">
      {shown}
    </a>
  );
}
