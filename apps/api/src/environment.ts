/** The variables that this process was started with. Import it first: the libraries look at theirs when they load. */
export const environment: Record<string, string | undefined> = { ...process.env };

// Libraries are always to run as in production: outside of it graphql-js checks each object of an answer so slowly that
// 10,000 of them cost a second. What production means for Assent itself is read from the variables above.
process.env['NODE_ENV'] = 'production';
