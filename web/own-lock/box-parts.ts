/** What a box is made of, loaded when a lock is first run: the worker's text, the libraries. */
export { LIBRARIES } from 'virtual:lock-libraries';
export { SANDBOX } from 'virtual:lock-sandbox';
