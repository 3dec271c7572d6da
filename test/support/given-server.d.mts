export function prepareGivenServer(
  superuserUrl: string,
): Promise<{ superuserUrl: string; ownerUrl: string; appUrl: string }>;
