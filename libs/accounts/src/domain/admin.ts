/** One of the operator's staff. */
export interface Admin {
  id: string;
  name: string;
  createdAt: Date;
}
