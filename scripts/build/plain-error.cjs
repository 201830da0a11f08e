/**
 * An error that gulp prints without a stack trace.
 * @param {string} message
 */
const plainError = (message) => Object.assign(new Error(message), { showStack: false });

module.exports = { plainError };
