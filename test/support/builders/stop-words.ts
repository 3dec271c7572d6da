import type { GraphQLClient } from '../graphql-client.js';
import type { TestPerson } from './people.js';

/** Sentences that ask to stop: of offers and news only, and of anything. */
export const NO_MORE_NEWSLETTERS = 'Please stop sending me your newsletter.';
export const NO_MORE_TEXTS = "please don't text me again";

/** A person's questions about their sentences, newest first. */
export async function questionsOf({ api }: TestPerson, args = ''): Promise<any[]> {
  const { stopQuestions } = await api.do(
    `{ stopQuestions${args} { nodes { id text suggested answer answeredAt business { id } } } }`,
  );
  return stopQuestions.nodes;
}

/** A person's answer to a question. */
export async function answer({ api }: TestPerson, question: string, is: string): Promise<any> {
  const { answerStopQuestion } = await api.do(
    `mutation ($input: AnswerStopQuestionInput!) { answerStopQuestion(input: $input) {
      __typename
      ... on AnswerStopQuestionPayload { question { answer } consent { scope purpose standing since } }
      ... on StopQuestionAnswered { reason message question { answer } }
    } }`,
    { input: { question, answer: is } },
  );
  return answerStopQuestion;
}

/** A person's ledger, newest first, each entry in a line. */
export async function ledgerOf({ api }: TestPerson): Promise<string[]> {
  const { consentHistory } = await api.do(
    `{ consentHistory(first: 100) { nodes { action purpose source business { id } } } }`,
  );
  return consentHistory.nodes.map(
    ({ action, purpose, source, business }: any) =>
      `${action} ${purpose ?? 'EVERYTHING'}${business ? '' : ' of all'} by ${source}`,
  );
}

const REVIEW = `id text language rule detectedAt dueAt overdue answer answeredAt outcome note reviewer reviewedAt`;

/** Reviews of a business, or of the operator; `args` such as `(open: true)`. */
export async function reviewsOf(client: GraphQLClient, args = ''): Promise<any> {
  const more = client.url.includes('/admin/') ? 'businessId businessName' : 'contact { id }';
  const { stopReviews } = await client.do(
    `{ stopReviews${args} { nodes { ${REVIEW} ${more} } pageInfo { hasNextPage endCursor } } }`,
  );
  return stopReviews;
}

/** A review, by a business or by an admin. */
export async function resolve(
  client: GraphQLClient,
  review: string,
  outcome: string,
  note?: string,
): Promise<any> {
  const payload = client.url.includes('/admin/') ? 'ReviewStopPayload' : 'ResolveStopReviewPayload';
  const { resolveStopReview } = await client.do(
    `mutation ($input: ResolveStopReviewInput!) { resolveStopReview(input: $input) {
      __typename
      ... on Refusal { reason }
      ... on ${payload} { message review { outcome note reviewer } }
    } }`,
    { input: { review, outcome, note } },
  );
  return resolveStopReview;
}
