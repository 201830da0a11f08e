const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const HEARTBEAT_MS = 30_000;

/** @typedef {(text: string) => void} Note shows a text beside the step that is at work */

/** Shows numbered steps: a live line on a terminal, plain lines elsewhere. */
export class Progress {
	#total;
	#number = 0;
	#tty;
	#out;

	/** @param {number} total how many steps there will be */
	constructor(total, out = process.stdout) {
		this.#total = total;
		this.#out = out;
		this.#tty = Boolean(out.isTTY);
	}

	/**
	 * Runs one step. `work` gets a function that sets the text shown beside the title while it runs;
	 * when it returns a text, that stays beside the title.
	 * @template T
	 * @param {string} title
	 * @param {(note: Note) => T | Promise<T>} work
	 * @returns {Promise<T>}
	 */
	async step(title, work) {
		const label = `[${++this.#number}/${this.#total}] ${title}`;
		const started = Date.now();
		let note = '';
		const timer = this.#tty
			? this.#spin(label, started, () => note)
			: this.#beat(label, started, () => note);
		if (!this.#tty) this.#out.write(`${label} …\n`);
		try {
			const result = await work((text) => (note = text));
			this.#end(
				`${this.#tty ? '✔ ' : ''}${label}${typeof result === 'string' ? `: ${result}` : ': done'} (${elapsed(started)})`,
			);
			return result;
		} catch (error) {
			this.#end(`${this.#tty ? '✖ ' : ''}${label}: failed (${elapsed(started)})`);
			throw error;
		} finally {
			clearInterval(timer);
		}
	}

	/**
	 * @param {string} label
	 * @param {number} started
	 * @param {() => string} note
	 */
	#spin(label, started, note) {
		let frame = 0;
		return setInterval(() => {
			const text = `${FRAMES[frame++ % FRAMES.length]} ${label}${note() ? `: ${note()}` : ''} (${elapsed(started)})`;
			this.#out.write(`\r\x1b[2K${text.slice(0, (this.#out.columns ?? 80) - 1)}`);
		}, 120);
	}

	/**
	 * @param {string} label
	 * @param {number} started
	 * @param {() => string} note
	 */
	#beat(label, started, note) {
		return setInterval(
			() =>
				this.#out.write(
					`${label}: still at it, ${elapsed(started)}${note() ? `, ${note()}` : ''}\n`,
				),
			HEARTBEAT_MS,
		);
	}

	/** @param {string} text */
	#end(text) {
		this.#out.write(`${this.#tty ? '\r\x1b[2K' : ''}${text}\n`);
	}
}

/** @param {number} started */
function elapsed(started) {
	const seconds = (Date.now() - started) / 1000;
	return seconds < 60
		? `${seconds.toFixed(1)} s`
		: `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
