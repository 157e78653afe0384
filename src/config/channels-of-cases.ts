/**
 * Where threads of cases are opened: SLACK_CHANNEL, and whatever routes name, also those in which something else is wrong.
 * Null where that cannot be said.
 *
 * @param routes as they stand in the file.
 */
export function channelsOfCases(
  slackChannel: string | undefined,
  routes: unknown,
): ReadonlySet<unknown> | null {
  if (slackChannel === undefined) return null;
  const named = (Array.isArray(routes) ? routes : []).map((route: unknown) => {
    const { channel } = { channel: null, ...(typeof route === 'object' ? route : null) };
    return channel;
  });
  return new Set([slackChannel, ...named]);
}
