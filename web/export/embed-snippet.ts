/** HTML that shows a run in a page of somebody's own: the page in a frame, the run alone. */
export function embedSnippet(link: string, title: string): string {
  const url = new URL(link);
  url.searchParams.set('embed', '1');
  const name = escaped(title);
  return (
    `<iframe src="${escaped(url.href)}" title="${name}" ` +
    'style="width: 100%; height: 480px; border: 0" loading="lazy"></iframe>'
  );
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
