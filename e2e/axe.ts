/** What axe finds against a part of the page, by WCAG 2.2 AA and its own best practices. */
import { AxeBuilder } from '@axe-core/playwright';
import type { LabPage } from './pages/lab-page.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe says against a part of the page as it is, short enough to act on. It is looked at from
 * its top: further down the bars of a narrow screen lie over whatever is scrolled below them.
 */
export async function faults(lab: LabPage, scope = 'html'): Promise<readonly string[]> {
  const page = lab.page;
  await page.evaluate(() => scrollTo(0, 0));
  const { violations } = await new AxeBuilder({ page }).include(scope).withTags(TAGS).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}
