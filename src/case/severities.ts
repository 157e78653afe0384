/** AWS's codes, from the least severe. */
export const SEVERITIES = ['low', 'normal', 'high', 'urgent', 'critical'] as const;
