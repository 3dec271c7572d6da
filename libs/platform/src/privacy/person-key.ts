/** Where a person is: the lane that all their rows carry, and their id. */
export interface PersonKey {
  lane: number;
  personId: string;
}
