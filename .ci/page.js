// Opens report.html of a folder in Chromium and says what is wrong with it (see .ci/page).
const puppeteer = require('puppeteer-core');
const folder = process.argv[2];

const sticksOut = () => {
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    const hidden = element.closest('thead') && getComputedStyle(element.closest('thead')).position === 'absolute';
    if (!hidden && element.getBoundingClientRect().right > innerWidth + 0.5) found.push(element.outerHTML.slice(0, 120));
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page can be scrolled sideways');
  return found;
};

(async () => {
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
  const faults = [];
  for (const width of [390, 1280]) {
    const page = await browser.newPage();
    const fault = (what) => faults.push(`${width} pixels: ${what}`);
    page.on('console', (message) => fault(`console: ${message.text()}`));
    page.on('pageerror', (error) => fault(`error: ${error}`));
    page.on('request', (request) => request.url().startsWith('file:') || fault(`asks for ${request.url()}`));
    await page.setViewport({ width, height: 900 });
    await page.goto(`file://${folder}/report.html`);
    (await page.evaluate(sticksOut)).forEach((what) => fault(`sticks out: ${what}`));
    await page.screenshot({ path: `${folder}/${width}.png`, fullPage: true });
    if (width === 1280) await page.pdf({ path: `${folder}/report.pdf`, format: 'A4' });
    await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
    const { violations, passes } = await page.evaluate(() => axe.run());
    violations.forEach((one) => fault(`axe: ${one.id}: ${one.nodes[0].html.slice(0, 120)}`));
    console.log(`page: ${width} pixels: ${passes.length} checks of axe passed, ${violations.length} failed`);
  }
  await browser.close();
  faults.forEach((fault) => console.error(`page: ${fault}`));
  process.exitCode = faults.length > 0 ? 1 : 0;
})();
