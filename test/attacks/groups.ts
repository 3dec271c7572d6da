/** Names of the OWASP API Security Top 10 (2023), under which attacks stand in docs/attacks.md. */
export const API = {
  1: 'API1:2023 Broken Object Level Authorization',
  2: 'API2:2023 Broken Authentication',
  3: 'API3:2023 Broken Object Property Level Authorization',
  4: 'API4:2023 Unrestricted Resource Consumption',
  5: 'API5:2023 Broken Function Level Authorization',
  6: 'API6:2023 Unrestricted Access to Sensitive Business Flows',
  7: 'API7:2023 Server Side Request Forgery',
  8: 'API8:2023 Security Misconfiguration',
  9: 'API9:2023 Improper Inventory Management',
  10: 'API10:2023 Unsafe Consumption of APIs',
} as const;

/** Headings of the OWASP GraphQL cheat sheet. */
export const GRAPHQL = {
  input: 'GraphQL: Input Validation',
  injection: 'GraphQL: Injection Prevention',
  dos: 'GraphQL: DoS Prevention',
  access: 'GraphQL: Access Control',
  batching: 'GraphQL: Batching Attacks',
  configuration: 'GraphQL: Secure Configurations',
} as const;
