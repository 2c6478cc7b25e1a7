/** Dialogs close by a click beside them where nothing is lost, and by nothing that began within. */
import { expect, test } from './test.ts';

/** Well beside every dialog, in CSS pixels. */
const BESIDE = { x: 8, y: 400 };

test('a click beside it closes a dialog; a selection dragged out of it does not', async ({
  lab,
}) => {
  await lab.open();
  await lab.bar.share.click();
  const { dialog, field } = lab.shareDialog;
  await lab.shareDialog.link();
  const box = await field.boundingBox();
  await lab.page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 20);
  await lab.page.mouse.down();
  await lab.page.mouse.move(BESIDE.x, BESIDE.y, { steps: 4 });
  await lab.page.mouse.up();
  await dialog.getByRole('heading').first().click();
  await expect(dialog).toBeVisible();
  await lab.page.mouse.click(BESIDE.x, BESIDE.y);
  await expect(dialog).toHaveCount(0);
});

test('what is written into a dialog outlasts a click beside it', async ({ lab }) => {
  await lab.open();
  await lab.openLeft(3);
  await lab.left.getByRole('button', { name: 'Paste text' }).click();
  const dialog = lab.page.getByRole('dialog', { name: 'Paste a log' });
  await dialog.getByRole('textbox').fill('a line');
  await lab.page.mouse.click(BESIDE.x, BESIDE.y);
  await expect(dialog.getByRole('textbox')).toHaveValue('a line');
  await expect(dialog.getByRole('button', { name: 'Judge it' })).toBeEnabled();
});
