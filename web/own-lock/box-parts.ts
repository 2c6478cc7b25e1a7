/** What a box is made of, loaded when the first lock is run: the worker's text and the libraries. */
export { LIBRARIES } from 'virtual:lock-libraries';
export { SANDBOX } from 'virtual:lock-sandbox';
