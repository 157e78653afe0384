/** Where AWS says that events of AWS Support may appear (facts: aws-support.md, 3.1). */
export const EVENT_REGIONS: readonly string[] = ['us-east-1', 'us-west-2', 'eu-west-1'];

/** Why a way of the events in this Region would never carry one, and what to do; null where it would. */
export function whyNotRegion(region: string): string | null {
  if (EVENT_REGIONS.includes(region)) return null;
  if (region.startsWith('cn-'))
    return 'AWS Support sends no events in China. Nothing has to be set up there: the sweep finds what changed.';
  if (region.startsWith('us-gov-')) {
    return 'EventBridge has no API destinations in GovCloud. Nothing has to be set up there: the sweep finds what changed.';
  }
  return `AWS Support sends no events in ${region}, wherever you work otherwise. Choose us-east-1 (AWS also names ${EVENT_REGIONS.slice(1).join(' and ')}).`;
}
