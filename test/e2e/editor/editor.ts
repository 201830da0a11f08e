import type { Locator, Page } from 'playwright-core';

import type { N8n } from '../harness';
import { workflowOf, type Given } from './saved';

/** What n8n calls the first credential of its kind. */
export const ACCOUNT = 'MicroeSIM account';

/** What a person does in n8n's editor. Its marks are n8n's own `data-test-id`s, so a newer n8n may need others here. */
export class Editor {
	constructor(
		readonly page: Page,
		private readonly n8n: N8n,
	) {}

	/** The last element with one of n8n's marks: what was opened last lies on top. */
	mark(id: string): Locator {
		return this.page.locator(`[data-test-id="${id}"]`).last();
	}

	/** Opens an empty workflow and searches in its nodes panel. */
	async searchNodes(words: string): Promise<void> {
		await this.page.goto(`${this.n8n.url}/workflow/new`);
		await this.mark('canvas-add-button').click();
		await this.mark('node-creator-search-bar').fill(words);
	}

	/** What the nodes panel lists, once it lists what it is about. */
	async listed(about: string): Promise<string[]> {
		await this.page.getByText(about, { exact: true }).first().waitFor();
		return await this.page.locator('[data-test-id="node-creator-item-name"]').allInnerTexts();
	}

	/** Chooses by what can be read. */
	async choose(words: string | RegExp): Promise<void> {
		await this.page.getByText(words, { exact: true }).first().click();
	}

	/** Saves a workflow of nodes behind "Execute workflow", or of a trigger alone, and opens it. */
	async openWorkflowOf(...nodes: Given[]): Promise<void> {
		const { id } = await this.n8n.api.call<{ id: string }>('POST', '/workflows', workflowOf(nodes));
		await this.openWorkflow(id);
	}

	/** Opens a node of the workflow that is open. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.mark('node-execute-button').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.mark('ndv-close-button').click();
	}

	/** Opens a saved workflow, so that all of it is seen. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.n8n.url}/workflow/${id}`);
		await this.mark('zoom-to-fit').click();
	}

	/** The form of a field, by the field's name. */
	field(name: string): Locator {
		return this.mark(`parameter-input-${name}`);
	}

	async fill(name: string, value: string): Promise<void> {
		await this.field(name).locator('input').first().fill(value);
	}

	async pick(name: string, option: string): Promise<void> {
		await this.field(name).click();
		await this.page.getByRole('option', { name: option }).first().click();
	}

	async switchOn(name: string): Promise<void> {
		await this.field(name).locator('.el-switch, [role="switch"]').first().click();
	}

	/** Adds an option to a collection, by what its button says. */
	async addOption(button: string, option: string): Promise<void> {
		await this.page.getByPlaceholder(button).click();
		await this.page.getByRole('option', { name: option }).first().click();
	}

	/** Opens the list of a resource locator. */
	async openList(name: string): Promise<void> {
		await this.field(name).locator('[data-test-id="rlc-input"]').click();
		await this.mark('rlc-search').waitFor();
	}

	/** Saves the credential that is open, and waits for its test. */
	async saveCredential(): Promise<void> {
		const tested = this.page.waitForResponse((response) =>
			response.url().endsWith('/credentials/test'),
		);
		await this.mark('credential-save-button').click();
		await tested;
	}

	/** Waits until something reads the same for a while. */
	async settled(read: () => Promise<string>): Promise<void> {
		for (let before: string | undefined; ;) {
			const now = await read();
			if (now === before) return;
			before = now;
			await this.page.waitForTimeout(500);
		}
	}

	/** Shows what came out in another way. */
	async show(how: 'table' | 'binary'): Promise<void> {
		await this.output.locator(`[data-test-id="radio-button-${how}"]`).click();
	}

	/** Runs the node that is open, and waits for its items or its error. */
	async execute(): Promise<void> {
		const ended = this.page.waitForResponse(
			(response) => response.url().includes('/run') && response.request().method() === 'POST',
		);
		await this.mark('node-execute-button').click();
		await ended;
		await this.page
			.locator('[data-test-id="node-execute-button"]:not([disabled])')
			.last()
			.waitFor();
		await this.output.locator('[data-test-id="node-run-info"]').waitFor();
		await this.settled(async () => await this.output.innerText());
	}

	/** The nodes panel. */
	get panel(): Locator {
		return this.page
			.locator('[data-test-id="node-creator-item-name"]')
			.first()
			.locator('xpath=ancestor::aside[1]');
	}

	get output(): Locator {
		return this.mark('output-panel');
	}

	/** The card with the error of the node that is open. */
	get errorCard(): Locator {
		return this.mark('node-error-message').locator(
			'xpath=ancestor::*[contains(@class,"header")][1]',
		);
	}
}
