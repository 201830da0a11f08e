import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';

import type { N8n } from '../harness';

/** Where Debian and others install it; CHROMIUM names another one. */
const PLACES = [
	process.env.CHROMIUM,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];
const chromiumHere = PLACES.find((path) => path !== undefined && existsSync(path));

/** These tests are left out, and counted as such, where there is no browser. */
export const describeInBrowser = (name: string, tests: () => void): void =>
	(chromiumHere === undefined ? describe.skip : describe)(`${name} (needs Chromium)`, tests);

/** The width at which the pictures in the documentation are read. */
const SIZE = { width: 1280, height: 800 };
/** On two cores that have other work, too. */
const PATIENCE_MS = 30_000;

/** A browser in which the owner of an n8n is logged in. */
export interface Browser {
	page: Page;
	close(): Promise<void>;
}

/** Opens one. Nothing in it moves by itself, so that a picture of a moment is that of the next one. */
export async function openBrowser({ url, api }: N8n): Promise<Browser> {
	// the sandbox needs a kernel's help that containers do not have
	const browser = await chromium.launch({
		executablePath: chromiumHere,
		args: ['--no-sandbox', '--font-render-hinting=none'],
	});
	const context = await browser.newContext({
		viewport: SIZE,
		reducedMotion: 'reduce',
		locale: 'en-US',
		timezoneId: 'UTC',
	});
	await context.addCookies([{ ...api.login, url }]);
	const page = await context.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	return { page, close: async () => await browser.close() };
}
